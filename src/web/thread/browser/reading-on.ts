import { fetchAs } from '../../shell/browser/fetch-as.ts';
import { stated } from '../../shell/browser/frame-site.ts';
import type { ThreadParts } from './thread-view.ts';

/** Milliseconds in which the forum is told of it once at most. */
const EVERY_MS = 20_000;

/**
 * What a page does for a member because the discussion is being read. A visit begins with a page of the forum; in a frame it
 * begins once the discussion is seen, since the page around it may never be read so far.
 */
export async function readOn(parts: ThreadParts): Promise<void> {
  const { frame, isUnwritten = false } = parts.page.post;
  if (frame === undefined) {
    tellOfReading(parts, false);
  } else if (!isUnwritten) {
    await seen(document.getElementById('thread'));
    tellOfReading(parts, true);
  }
}

/** Waits until some of it is before the reader's eyes, in the window around a frame too. */
function seen(place: HTMLElement | null): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    resolve();
  });
  if (place) observer.observe(place);
  return promise;
}

/**
 * The visit moves on with what comes before the reader's eyes: never while the page is hidden, and not past a comment that
 * waits to be shown. The forum is told some seconds later, or when the page is left.
 */
function tellOfReading(parts: ThreadParts, begins: boolean): void {
  const { view, page } = parts;
  const send = fetchAs(page.viewer?.memberId ?? '');
  let told = BigInt(parts.start.thread.position);
  let seen = told;
  let isBegun = !begins;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (isBegun && seen <= told) return;
    const begun = isBegun ? {} : { begins: true };
    isBegun = true;
    told = seen;
    // Where this fails, the next page tells.
    send(`/api/v1/posts/${page.post.id}/visit`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...stated() },
      body: JSON.stringify({ position: String(seen), ...begun }),
      keepalive: true,
    }).catch(() => undefined);
  };
  const look = (): void => {
    if (document.visibilityState === 'hidden') return;
    const now = seenUpTo(parts);
    if (now > seen) seen = now;
    if (!isBegun) tell();
    else if (seen > told) timer ??= setTimeout(tell, EVERY_MS);
  };
  const leave = (): void => {
    if (isBegun) tell();
  };
  view.subscribe(look);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave();
    else look();
  });
  addEventListener('pagehide', leave);
  look();
}

/** Up to the last comment that is drawn before the first one that came and is not. */
function seenUpTo({ view, session, start }: ThreadParts): bigint {
  const from = BigInt(start.thread.position);
  const { comments, state, isStale } = view.now();
  const { thread } = session.state;
  if (thread === null || isStale || state.later > 0) return from;
  const drawn = new Set(comments.map(({ id }) => id));
  const came = thread.comments.flatMap(({ id, position }) => {
    const at = BigInt(position);
    return at > from ? [{ at, isSeen: drawn.has(id) }] : [];
  });
  const unseen = came.filter(({ isSeen }) => !isSeen).map(({ at }) => at);
  if (unseen.length === 0) return BigInt(thread.position);
  const first = unseen.reduce((least, at) => (at < least ? at : least));
  return came.reduce((most, { at }) => (at < first && at > most ? at : most), from);
}
