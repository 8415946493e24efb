import { followHash, pageOfComment, tidyAddress } from '../../shell/browser/address.ts';
import { keepFolds } from '../../shell/browser/folds.ts';
import { stated } from '../../shell/browser/frame-site.ts';
import { keep, kept } from '../../shell/browser/kept.ts';
import { readData } from '../../shell/browser/page-data.ts';
import { loadLate, loadPrograms } from '../../shell/browser/programs.ts';
import { keepTimes } from '../../shell/browser/times.ts';
import type { FrameData } from '../../shell/frame-data.ts';
import { type FromFrame, MARK, type ToFrame } from '../frame-messages.ts';
import { challengeOf, sayNotKept, signInByWindow } from './frame-sign-in.ts';
import { heardIn } from './heard.ts';
import type { Here } from './here.ts';

const data: Partial<FrameData> = readData<FrameData>('frame-data') ?? {};
const { hosts = [] } = data;
const READS = 'colloquy:reads';
const root = document.documentElement;
const thread = document.getElementById('thread');
/** The origin of the page around the frame, once it has said hello. */
let host: string | undefined;
let told = 0;

function tell(message: FromFrame): void {
  if (host !== undefined) parent.postMessage({ [MARK]: message }, host);
}

function countNow(): number {
  return Number(thread?.dataset['count'] ?? 0);
}

/** The content's own height, which does not depend on the frame's. */
function tellHeight(): void {
  const height = Math.ceil(root.getBoundingClientRect().height);
  if (height === told) return;
  told = height;
  tell({ kind: 'height', height, count: thread && countNow() });
}

function isTheme(theme: string): boolean {
  return theme === 'light' || theme === 'dark';
}

function hear(message: Exclude<ToFrame, { kind: 'sso' }>): void {
  if (message.kind === 'theme') {
    // The page around has told its token before.
    root.dataset['reader'] ??= 'known';
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
  // A comment of another page of the discussion: its page comes.
  else if (message.comment !== null) void pageOfComment(named).then((there) => there && location.replace(there));
}

const here: Here = {
  ...data,
  isSignedIn: document.querySelector('.frame-foot form') !== null,
  tell,
  stated,
  challengeOf,
  sayNotKept,
};

/** The origin of the page that really stands around the frame, which only some of the allowed ones may be; undefined where nobody tells. */
function around(): string | undefined {
  const told = [
    host,
    location.ancestorOrigins?.[0],
    URL.parse(document.referrer)?.origin,
    hosts.length === 1 ? hosts[0] : '',
  ];
  return told.find((origin) => origin !== undefined && hosts.includes(origin));
}

/** A session of the forum does not come into the frame by itself where browsers keep its cookie back. */
document.addEventListener('click', (event) => {
  const link =
    event.target instanceof Element ? event.target.closest('a[href^="/sign-in"], a[href^="/register"]') : null;
  if (!link || parent === window || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!isSecureContext) return sayNotKept();
  const origin = around();
  if (origin !== undefined && signInByWindow(origin, here)) return event.preventDefault();
  // The link leads to the forum in a tab of its own, and the notice where no tab may open either.
  sayNotKept();
});

addEventListener('message', ({ source, origin, data }) => {
  if (source !== parent || parent === window || !hosts.includes(origin)) return;
  const message = heardIn(data);
  if (message === null) return;
  if (message.kind === 'hello') host = origin;
  if (message.kind !== 'sso') return hear(message);
  root.dataset['reader'] = '';
  void import('./follow-host.ts').then(({ followHost }) => followHost(message.token, origin, here));
});

// The reader has just sent a form of this frame: its wrong field, its preview, or that it was taken.
document.querySelector<HTMLElement>('.composer [aria-invalid=true], .composer > .preview, p[role][tabindex]')?.focus();

if (document.getElementById('unsent')) void import('./unsent.ts').then(({ askBeforeLeaving }) => askBeforeLeaving());

// The way back may bring a page of whoever was here before, as it was left.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  document.body.hidden = true;
  void import('./come-again.ts').then(({ comeTo }) => comeTo(data));
});

// Where browsers keep no cookie for frames, the languages that a reader reads are kept by the frame itself, for the site around it.
const said = new URLSearchParams(location.search).get('reads');
const before = kept(READS);
if (said !== null) keep(READS, said);
else if (thread && before !== null && before !== 'all' && !data.as && !data.reads && data.path === undefined)
  location.replace(`${location.pathname}${location.search}&reads=${encodeURIComponent(before)}${location.hash}`);

loadPrograms();
if (thread) keepFolds(thread);
tidyAddress();
keepTimes();
followHash();
loadLate();
new ResizeObserver(tellHeight).observe(root);
if (thread) {
  const counted = new MutationObserver(() => tell({ kind: 'comment', count: countNow() }));
  counted.observe(thread, { attributeFilter: ['data-count'] });
}
