const listeners: (() => void)[] = [];
let busy = false;

export const queueElement = (): HTMLElement | null => document.getElementById('queue');
export const caseOnPage = (): HTMLElement | null => document.querySelector('#queue > .case');
export const isBusy = (): boolean => busy;

/** Calls the listener each time that the server has drawn the queue anew. */
export function onDrawn(listener: () => void): void {
  listeners.push(listener);
}

/** Tells a screen reader. */
export function say(text: string): void {
  const place = document.getElementById('queue-says');
  if (place) place.textContent = text;
}

/** A page of the forum; null when the forum cannot be reached. */
export async function read(request: Promise<Response>): Promise<{
  readonly page: Document;
  readonly url: string;
  readonly ok: boolean;
  readonly isRefused: boolean;
} | null> {
  try {
    const response = await request;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return { page, url: response.url, ok: response.ok, isRefused: response.status === 401 };
  } catch {
    return null;
  }
}

/**
 * Puts the queue of an answer in the place of this one; goes to any other answer (signed out, an error) as a page.
 * False without an answer, and where a form came without its member's session: what was typed stands as it stood.
 */
export async function show(request: Promise<Response>, keep: 'push' | 'replace'): Promise<boolean> {
  if (busy) return true;
  busy = true;
  queueElement()?.setAttribute('aria-busy', 'true');
  const answer = await read(request);
  const isDone = answer !== null && !answer.isRefused;
  if (isDone) draw(answer, keep);
  busy = false;
  queueElement()?.removeAttribute('aria-busy');
  if (answer) for (const listener of listeners) listener();
  return isDone;
}

function draw({ page, url, ok }: { page: Document; url: string; ok: boolean }, keep: 'push' | 'replace'): void {
  const next = page.getElementById('queue');
  if (next === null) {
    location.assign(url);
    return;
  }
  const scrolled = document.querySelector('.rows')?.scrollTop ?? 0;
  keepTyped(next);
  queueElement()?.replaceWith(document.adoptNode(next));
  document.querySelector('.rows')?.scrollTo(0, scrolled);
  const address = new URL(url);
  address.searchParams.delete('after');
  if (ok) history[keep === 'push' ? 'pushState' : 'replaceState'](null, '', address);
  updateWaiting(page);
  settle();
}

/** A case that is drawn again keeps the text written for it. */
function keepTyped(next: HTMLElement): void {
  const [before, after] = [caseOnPage(), next.querySelector<HTMLElement>(':scope > .case')];
  if (!before?.dataset['case'] || before.dataset['case'] !== after?.dataset['case']) return;
  const [typed, field] = [before, after].map((one) => one.querySelector<HTMLTextAreaElement>('.decide textarea'));
  if (typed?.value && field && !field.value) field.value = typed.value;
}

function updateWaiting(page: Document): void {
  const theirs = page.querySelectorAll('.site-head .waiting-count');
  for (const [n, mine] of document.querySelectorAll('.site-head .waiting-count').entries()) {
    const next = theirs[n];
    if (next) mine.replaceWith(document.adoptNode(next));
  }
}

/**
 * Keyboard and screen reader stand at the new case, or at the list where none is seen, and the decision is read out; at
 * a decision that was refused they stand at the reason why.
 */
function settle(): void {
  const places = document.querySelectorAll<HTMLElement>('#case-title, .queue-head > h1');
  const seen = [...places].filter((place) => place.checkVisibility());
  (seen.find(({ id }) => id === 'case-title') ?? seen[0])?.focus({ preventScroll: true });
  bringToSight();
  document.querySelector('.row.current')?.scrollIntoView({ block: 'nearest' });
  document.querySelector<HTMLElement>('#queue > .case > .form-error')?.focus();
  say(document.querySelector('#queue [data-say]')?.textContent ?? '');
}

/** The judged comment stands between the undo line above and the form below, however much surrounds it. */
export function bringToSight(): void {
  document.querySelector('#queue .judged')?.scrollIntoView({ block: 'nearest' });
}
