import { stated } from './frame-site.ts';

/** The answer may come while the page is before the reader's eyes; asked so often, in milliseconds. */
const ASKED_EVERY_MS = 60_000;

let isAsking = false;

/** A text that was begun is nobody's to throw away: its page stays, and the next one comes without the notice. */
function hasText(): boolean {
  return [...document.querySelectorAll('textarea')].some(({ value, defaultValue }) => value !== defaultValue);
}

/** Once it was decided whether the member is let in, the page comes again. It is asked for anew, since a form may have led here. */
async function look(): Promise<void> {
  if (document.visibilityState !== 'visible' || isAsking) return;
  isAsking = true;
  try {
    const answer = await fetch('/api/v1/members/me', { headers: stated() });
    const { state } = answer.ok ? await answer.json() : { state: 'waiting' };
    if (state !== 'waiting' && !hasText()) location.replace(location.pathname + location.search);
  } catch {
    // The next look asks again.
  } finally {
    isAsking = false;
  }
}

document.addEventListener('visibilitychange', () => void look());
addEventListener('focus', () => void look());
setInterval(() => void look(), ASKED_EVERY_MS);
