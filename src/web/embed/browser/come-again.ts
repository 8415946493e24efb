import { areWordsUnkept } from '../../shell/browser/unkept-words.ts';
import { WRITER } from '../../shell/unsent-writer.ts';
import type { Here } from './here.ts';
import { tellBan } from './told-ban.ts';
import { whenUnused } from './when-unused.ts';

/** A form is sent again by whoever signed in, whose session counts for the site on whose page its frame stands. */
function stateReader(form: HTMLFormElement, site: string, as: string): void {
  const set = (name: string, change: (value: string) => string): void => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = change(field.value);
  };
  set('frame', (path) => pathFor(path.split('?')[1], site, as));
  set('as', () => as);
}

/** The form was refused for who was signed in before; the page says as whom it is sent now. */
function sayWriter(form: HTMLFormElement, name: unknown): void {
  const title = document.querySelector('h1');
  if (!title || typeof name !== 'string') return;
  title.textContent = (form.dataset['unsent'] ?? '').replace(WRITER, () => name);
  form.querySelector('[role=alert]')?.remove();
  form.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid');
}

function pathFor(search: string | undefined, site: string | null | undefined, as: string): string {
  const query = new URLSearchParams(search);
  if (site) query.set('site', new URL(site).origin);
  query.set('as', as);
  return `/embed?${query}`;
}

/**
 * The form of those without an account with a text in it: a member's is never another one's. What an earlier page of this
 * tab left there is that of whoever signs in by hand, and not of whom the page around signs in.
 */
function typedAsGuest(isByHand: boolean): HTMLFormElement | null {
  const fields = document.querySelectorAll<HTMLTextAreaElement>('.composer textarea[name=body]');
  const typed = [...fields].find(
    ({ value, dataset }) => value.trim() !== '' && (isByHand || value !== dataset['earlier']),
  );
  return typed?.form?.elements.namedItem('email') ? typed.form : null;
}

/**
 * The page comes for this member alone: where another one is signed in by then, it is nobody's and says so. The frame's own
 * later pages do not say on which site it stands as long as nobody is signed in.
 */
export function comeTo(site: string | null | undefined, as: string | null | undefined): void {
  if (location.search === '' || !as) return location.reload();
  location.replace(pathFor(location.search.slice(1), site, as));
}

/**
 * The page comes again, for its new reader; a form that waits to be sent again stays, with its text, as one of the new
 * session. A text that was typed before goes to the forum and comes back in the member's form, with its preview: no
 * browser's storage is needed for that, which many keep from frames. What a member before wrote without one has no other
 * place, and stays in theirs.
 */
function comeAgain({ url: site, code }: Entry, as: string, name: unknown): void {
  const unsent = document.querySelector<HTMLFormElement>('form[data-unsent]');
  if (unsent) {
    stateReader(unsent, site, as);
    sayWriter(unsent, name);
    unsent.querySelector<HTMLElement>('[type=submit]')?.focus();
    return;
  }
  whenUnused(() => {
    const typed = typedAsGuest(code !== undefined);
    if (!typed) return areWordsUnkept() ? undefined : comeTo(site, as);
    stateReader(typed, site, as);
    typed.querySelector('input[name=preview]')?.remove();
    const preview = Object.assign(document.createElement('input'), { type: 'hidden', name: 'preview', value: '1' });
    typed.append(preview);
    typed.noValidate = true;
    // Not kept for nobody any more.
    typed.requestSubmit();
  });
}

/** What a code or a token opens a session with, on the page around the frame. */
type Entry = Readonly<Record<string, string>> & { readonly url: string; readonly code?: string };

/**
 * Where the forum opened a session the page comes again with it, or says that the browser did not keep it. Where another
 * tab signed in somebody else at the same time, the page that comes says so.
 */
export async function enter(
  fields: Entry,
  { stated, sayNotKept }: Here,
): Promise<'entered' | 'not-kept' | 'banned' | 'refused' | 'failed'> {
  const body = new URLSearchParams({ ...fields, frame: `/embed${location.search}` });
  const answer = await fetch('/embed/sessions', { method: 'POST', body });
  if (answer.status === 403 && (await tellBan(answer))) return 'banned';
  if (answer.status === 429 || answer.status >= 500) return 'failed';
  if (!answer.ok) return 'refused';
  const as = answer.headers.get('colloquy-as') ?? '';
  const now = await fetch('/api/v1/members/me', { headers: stated(new URL(fields.url).origin, as) });
  const { displayName, code } = await now.json();
  if (now.ok || code === 'someone_else') {
    // What is typed until then is kept as that member's.
    document.documentElement.dataset['member'] = as;
    comeAgain(fields, as, displayName);
    return 'entered';
  }
  sayNotKept();
  return 'not-kept';
}
