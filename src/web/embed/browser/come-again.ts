import { areWordsUnkept } from '../../shell/browser/unkept-words.ts';
import type { Here } from './here.ts';
import { tellBan } from './told-ban.ts';
import { handOn, isOf, isUnkept, type Sender, stateReader, unsentForm } from './unsent.ts';
import { whenUnused } from './when-unused.ts';

function pathFor(search: string | undefined, site: string | null | undefined, as: string): string {
  const query = new URLSearchParams(search);
  if (site) query.set('site', new URL(site).origin);
  query.set('as', as);
  return `/embed?${query}`;
}

/**
 * The form of those without an account with a text in it: a member's is never another one's. What an earlier page of this
 * tab left there, or sent, is that of whoever signs in by hand, and not of whom the page around signs in.
 */
function typedAsGuest(isByHand: boolean): HTMLFormElement | null {
  const fields = document.querySelectorAll<HTMLTextAreaElement>('.composer textarea[name=body]');
  const typed = [...fields].find(
    ({ value, defaultValue, dataset }) =>
      value.trim() !== '' && (isByHand || (value !== dataset['earlier'] && value !== defaultValue)),
  );
  return typed?.form?.elements.namedItem('email') ? typed.form : null;
}

/**
 * The page comes for this member alone: where another one is signed in by then, it is nobody's and says so. The frame's own
 * later pages do not say on which site it stands as long as nobody is signed in. An answer to a form never comes by itself: the
 * browser would send the form again, as whoever is signed in now.
 */
export function comeTo({ site, as, path }: Pick<Here, 'site' | 'as' | 'path'>): void {
  if (as) location.replace(pathFor(path?.split('?')[1] ?? location.search, site, as));
  else if (path === undefined) location.reload();
  else location.replace(path);
}

/**
 * The page comes again, for its new reader. A form of theirs that waits to be sent again stays, with its text, and so does that of
 * a member before where nothing else keeps it. A text that was typed before goes to the forum and comes back in the member's
 * form, with its preview: no browser's storage is needed for that, which many keep from frames. What a member before wrote
 * without one has no other place, and stays in theirs.
 */
function comeAgain({ url: site, code }: Entry, here: Here, { as, name }: Pick<Sender, 'as' | 'name'>): void {
  const isByHand = code !== undefined;
  const unsent = unsentForm();
  const sender = { as, name, frame: (query: string | undefined) => pathFor(query, site, as) };
  if (unsent && isOf(unsent, as, isByHand)) return handOn(unsent, sender);
  whenUnused(() => {
    const typed = typedAsGuest(isByHand);
    if (!typed) return areWordsUnkept() || isUnkept(unsent) ? undefined : comeTo({ ...here, site, as });
    stateReader(typed, sender);
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
  here: Here,
): Promise<'entered' | 'not-kept' | 'banned' | 'refused' | 'failed'> {
  const body = new URLSearchParams({ ...fields, frame: here.path ?? `/embed${location.search}` });
  const answer = await fetch('/embed/sessions', { method: 'POST', body });
  if (answer.status === 403 && (await tellBan(answer))) return 'banned';
  if (answer.status === 429 || answer.status >= 500) return 'failed';
  if (!answer.ok) return 'refused';
  const as = answer.headers.get('colloquy-as') ?? '';
  const now = await fetch('/api/v1/members/me', { headers: here.stated(new URL(fields.url).origin, as) });
  const { displayName, code } = await now.json();
  if (now.ok || code === 'someone_else') {
    // What is typed until then is kept as that member's.
    document.documentElement.dataset['member'] = as;
    comeAgain(fields, here, { as, name: displayName });
    return 'entered';
  }
  here.sayNotKept();
  return 'not-kept';
}
