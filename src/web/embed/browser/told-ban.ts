import type { ToldBan } from '../frame-messages.ts';

/** What nobody who is banned can use, also as a guest. */
const FORMS = '.composer, #thread a[href*="&answer="]';

/**
 * Whom the page around the frame would sign in is banned: it says so above the discussion, unless the page does already.
 * False for an answer that says something else.
 */
export async function tellBan(answer: Response): Promise<boolean> {
  const told: Partial<ToldBan> = await answer.json().catch(() => ({}));
  if (told.code !== 'banned') return false;
  if (document.querySelector('.notice a[href="/appeal"]')) return true;
  const link = document.createElement('a');
  link.href = '/appeal';
  link.textContent = told.appeal ?? '';
  const line = document.createElement('p');
  line.className = 'notice waiting';
  line.role = 'status';
  line.append(`${told.reason} `, link);
  document.getElementById('thread')?.before(line);
  const look = new CSSStyleSheet();
  look.replaceSync(`${FORMS} { display: none; }`);
  document.adoptedStyleSheets.push(look);
  return true;
}
