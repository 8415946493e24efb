import { readData } from '../../shell/browser/page-data.ts';
import type { FrameData } from '../../shell/frame-data.ts';
import { type FromFrame, MARK, type ToFrame } from '../frame-messages.ts';
import { enterBySso, sayNotKept, signInByWindow } from './frame-sign-in.ts';

const hosts = readData<FrameData>('frame-data')?.hosts ?? [];
const root = document.documentElement;
/** The origin of the page around the frame, once it has said hello. */
let host: string | undefined;
let told = 0;

function tell(message: FromFrame): void {
  if (host !== undefined) parent.postMessage({ [MARK]: message }, host);
}

function countNow(): number {
  return Number(document.getElementById('thread')?.dataset['count'] ?? 0);
}

/** The content's own height, which does not depend on the frame's. */
function tellHeight(): void {
  const height = Math.ceil(root.getBoundingClientRect().height);
  if (height === told) return;
  told = height;
  tell({ kind: 'height', height, count: countNow() });
}

function isTheme(theme: string): boolean {
  return theme === 'light' || theme === 'dark';
}

/** A refused token is told the page around the frame, which made it. */
function enterByHost(token: string): void {
  void enterBySso(token).then((isIn) => {
    if (!isIn) tell({ kind: 'refused' });
  });
}

/** A comment of another page of the discussion: its page comes. */
async function goTo(id: string): Promise<void> {
  const { pathname, search } = location;
  const query = new URLSearchParams({ frame: pathname + search });
  const answer = await fetch(`/comments/${id}?${query}`, { headers: { accept: 'application/json' } });
  if (answer.ok) location.replace((await answer.json()).path);
}

function hear(message: Exclude<ToFrame, { kind: 'sso' }>): void {
  if (message.kind === 'theme') {
    if (isTheme(message.theme)) root.dataset['theme'] = message.theme;
    else delete root.dataset['theme'];
    return;
  }
  told = 0;
  tellHeight();
  const id = message.comment ?? location.hash;
  const [, named] = /^#comment-([\w-]+)$/.exec(id) ?? [];
  if (named === undefined) return;
  const place = document.getElementById(id.slice(1));
  if (place) tell({ kind: 'place', top: place.getBoundingClientRect().top });
  else if (message.comment !== null) void goTo(named);
}

const isSignedIn = document.querySelector('.frame-foot form') !== null;

/** A session of the forum does not come into the frame by itself where browsers keep its cookie back. */
document.addEventListener('click', (event) => {
  const link =
    event.target instanceof Element ? event.target.closest('a[href^="/sign-in"], a[href^="/register"]') : null;
  if (!link || parent === window || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!isSecureContext) return sayNotKept();
  event.preventDefault();
  // The page that really stands around the frame, where it said hello: a site that has moved may show this discussion too.
  signInByWindow(host ?? new URL(new URLSearchParams(location.search).get('url') ?? location.href).origin);
});

addEventListener('message', ({ source, origin, data }) => {
  if (source !== parent || parent === window || !hosts.includes(origin)) return;
  const message: unknown = data?.[MARK];
  if (typeof message !== 'object' || message === null || !('kind' in message)) return;
  if (message.kind === 'hello' && 'comment' in message) {
    host = origin;
    hear({ kind: 'hello', comment: typeof message.comment === 'string' ? message.comment : null });
  } else if (message.kind === 'theme' && 'theme' in message) hear({ kind: 'theme', theme: String(message.theme) });
  else if (message.kind === 'sso' && 'token' in message && !isSignedIn) enterByHost(String(message.token));
});

// The reader has just sent a form of this frame: its wrong field, its preview, or that it was taken.
document
  .querySelector<HTMLElement>('.composer [aria-invalid=true], .composer > .preview, p#comment-form[role]')
  ?.focus();

new ResizeObserver(tellHeight).observe(root);
const thread = document.getElementById('thread');
if (thread) {
  const counted = new MutationObserver(() => tell({ kind: 'comment', count: countNow() }));
  counted.observe(thread, { attributeFilter: ['data-count'] });
}

for (const { dataset } of document.querySelectorAll<HTMLElement>('[data-late]')) void import(dataset['late'] ?? '');
