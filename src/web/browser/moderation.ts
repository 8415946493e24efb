import { areKeysOn, switchKeys } from './kept-keys.ts';

/**
 * The desk of a moderator without a reload: links and forms of it are the same as without a script, fetched, and put in
 * the place of what stood there. Single keys press what stands on the screen.
 */
const SAYS = document.getElementById('desk-says');
const KEYS = document.querySelector<HTMLDialogElement>('#desk-keys');
let busy = false;

const desk = (): HTMLElement | null => document.getElementById('desk');

/** Puts the desk of an answer in the place of this one; anything else (signed out, an error) is gone to as a page. */
async function show(request: Promise<Response>, keep: 'push' | 'replace'): Promise<void> {
  if (busy) return;
  busy = true;
  desk()?.setAttribute('aria-busy', 'true');
  try {
    const response = await request;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const next = page.getElementById('desk');
    if (next === null) {
      location.assign(response.url);
      return;
    }
    const scrolled = document.querySelector('.rows')?.scrollTop ?? 0;
    desk()?.replaceWith(document.adoptNode(next));
    document.querySelector('.rows')?.scrollTo(0, scrolled);
    const address = new URL(response.url);
    address.searchParams.delete('after');
    if (response.ok) history[keep === 'push' ? 'pushState' : 'replaceState'](null, '', address);
    updateCount(page);
    settle();
  } catch {
    location.reload();
  } finally {
    busy = false;
    desk()?.removeAttribute('aria-busy');
  }
}

function updateCount(page: Document): void {
  const [mine, theirs] = [document, page].map((one) =>
    one.querySelector('a[href="/moderation/queue"] > .waiting-count'),
  );
  if (mine && theirs) mine.replaceWith(document.adoptNode(theirs));
}

/** Keyboard and screen reader stand at the new case; what was ruled is said. */
function settle(): void {
  document.querySelector<HTMLElement>('#case-title')?.focus({ preventScroll: true });
  bringToSight();
  document.querySelector('.row.current')?.scrollIntoView({ block: 'nearest' });
  if (SAYS) SAYS.textContent = document.querySelector('#desk [data-say]')?.textContent ?? '';
}

/** What is judged stands between the undoing above and the form below, however much is around it. */
function bringToSight(): void {
  document.querySelector('#desk .judged')?.scrollIntoView({ block: 'nearest' });
}

function isDeskAddress(address: URL): boolean {
  return address.origin === location.origin && /^\/moderation\/(queue|cases)/.test(address.pathname);
}

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('#desk a[href]') : null;
  if (!link || !isDeskAddress(new URL(link.href))) return;
  event.preventDefault();
  void show(fetch(link.href), 'push');
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.closest('#desk') || form.method !== 'post') return;
  event.preventDefault();
  const fields = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === 'string');
  const body = new URLSearchParams(fields.map(([name, value]) => [name, String(value)]));
  // A button called `action` stands in front of the form's own property of that name.
  void show(fetch(form.getAttribute('action') ?? location.href, { method: 'POST', body }), 'push');
});

window.addEventListener('popstate', () => void show(fetch(location.href), 'replace'));

document.addEventListener('change', countPicked);

/** How many are chosen stands beside the buttons that rule on them. */
function countPicked(): void {
  const count = document.querySelectorAll('#desk .pick input:checked').length;
  const place = document.querySelector('#desk [data-picked]');
  if (place) place.textContent = count === 0 ? '' : String(count);
}

function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll('#desk .row')];
  const here = rows.findIndex((row) => row.classList.contains('current'));
  rows[here === -1 ? 0 : here + by]?.querySelector<HTMLElement>('a')?.click();
}

function pick(): void {
  document.querySelector<HTMLElement>('#desk .row.current .pick input')?.click();
}

/** A button or box that says this key, of those that can be seen. */
function press(key: string): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(`#desk [data-key="${CSS.escape(key)}"]`)];
  const found = all.find((one) => one.checkVisibility());
  if (key === key.toUpperCase() && key !== key.toLowerCase() && !document.querySelector('#desk .pick input:checked'))
    return false;
  found?.click();
  return found !== undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type=checkbox], [type=radio]), textarea, select, dialog') !== null
  );
}

const MOVES: Readonly<Record<string, () => void>> = { j: () => step(1), k: () => step(-1), s: pick };

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (event.key === '?') {
    event.preventDefault();
    KEYS?.showModal();
    return;
  }
  if (!areKeysOn() || busy) return;
  const move = MOVES[event.key];
  if (move) move();
  else if (!press(event.key)) return;
  event.preventDefault();
});

bringToSight();

const switched = document.querySelector<HTMLInputElement>('#desk-keys-on');
if (switched) {
  switched.checked = areKeysOn();
  switched.addEventListener('change', () => switchKeys(switched.checked));
}
