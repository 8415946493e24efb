import { exactTime, relativeTime, toldApart } from '../i18n/moments.ts';
import { type Messages, translator } from '../i18n/translate.ts';
import { keepFolds } from './folds.ts';
import { stated } from './frame-site.ts';
import { keep, kept } from './kept.ts';
import { SENT_DRAFT } from './kept-keys.ts';
import { readData } from './page-data.ts';
import { keepPlaceOf, returnToPlace } from './place.ts';

/** Moments older than a minute are told by the minute. */
const TICK_MS = 30_000;

const language = translator(document.documentElement.lang, readData<Messages>('time-words') ?? {});

/**
 * The server tells times in UTC, since it cannot know the reader's zone; here they become local and are kept current.
 */
function tellTimes(): void {
  const clock = { translator: language, now: Date.now(), isLocal: true };
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[datetime]')) {
    time.title = exactTime(time.dateTime, clock);
    if (time.parentElement?.dataset['apart'] !== undefined) continue;
    tell(time, time.dataset['exact'] === undefined ? relativeTime(time.dateTime, clock) : time.title);
  }
  for (const line of document.querySelectorAll('[data-apart]')) {
    const times = [...line.querySelectorAll('time')];
    const texts = toldApart(
      times.map(({ dateTime }) => dateTime),
      clock,
    );
    for (const [n, time] of times.entries()) tell(time, texts[n] ?? '');
  }
}

/**
 * The text node stays the same: in a discussion it may belong to the program that draws it, which writes the same text.
 */
function tell(time: HTMLTimeElement, text: string): void {
  if (time.firstChild && time.textContent !== text) time.firstChild.nodeValue = text;
}

/**
 * The position that a redirect waited for, and the act before it: they have served their purpose and are not passed on.
 */
const OF_REDIRECTS = [
  'after',
  'done',
  'saved',
  'pinned',
  'unpinned',
  'accepted',
  'unaccepted',
  'featured',
  'unfeatured',
];

function tidyAddress(): void {
  const address = new URL(location.href);
  if (!OF_REDIRECTS.some((name) => address.searchParams.has(name))) return;
  for (const name of OF_REDIRECTS) address.searchParams.delete(name);
  history.replaceState(history.state, '', address);
}

/** A published or saved post leads to its page, so its draft is done. After a refusal the form stands here again. */
function forgetSentDraft(): void {
  const sent = kept(SENT_DRAFT);
  if (sent === null) return;
  keep(SENT_DRAFT, null);
  if (/^\/posts\/[^/]+$/.test(location.pathname)) keep(sent, null);
}

/**
 * Goes to a comment that the address names when it stands on another page of its thread; when nobody has it, the reader
 * stays.
 */
async function goToComment(): Promise<void> {
  const id = /^#comment-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
  if (id === undefined || document.getElementById('thread') === null) return;
  if (document.getElementById(`comment-${id}`) !== null) return;
  const { hash } = location;
  const frame = location.pathname === '/embed' ? `?${new URLSearchParams({ frame: `/embed${location.search}` })}` : '';
  const headers = { accept: 'application/json', ...stated() };
  const asked = await fetch(`/comments/${id}${frame}`, { headers }).catch(() => Response.error());
  if (!asked.ok) return;
  const { path } = await asked.json();
  const place = new URL(path, location.href);
  const isElsewhere = place.pathname + place.search !== location.pathname + location.search;
  if (isElsewhere && location.hash === hash) location.replace(place);
}

/** The addresses that the page tells under this name. */
function told(name: string): readonly string[] {
  const { content = '' } = document.querySelector<HTMLMetaElement>(`meta[name=${name}]`) ?? {};
  return content.split(' ').filter(Boolean);
}

/**
 * The page's own programs come once the style sheet is there, for which this one waits: on a slow line they would share
 * its bytes a second, and nothing is drawn without it.
 */
function loadPrograms(): void {
  for (const href of told('imports')) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
  }
  for (const src of told('programs')) {
    document.head.append(Object.assign(document.createElement('script'), { type: 'module', async: false, src }));
  }
}

/** Loads programs that nothing waits for, when the browser has nothing else to do. */
function loadLate(): void {
  for (const { dataset } of document.querySelectorAll<HTMLElement>('[data-late]')) void import(dataset['late'] ?? '');
}

loadPrograms();
const thread = document.getElementById('thread');
if (thread) keepFolds(thread);
forgetSentDraft();
tidyAddress();
returnToPlace();
for (const form of document.querySelectorAll<HTMLFormElement>('.language-form')) keepPlaceOf(form);
// A task of its own, since the one that read a long page was long enough.
setTimeout(tellTimes);
setInterval(tellTimes, TICK_MS);
document.addEventListener('colloquy:times', tellTimes);
void goToComment();
addEventListener('hashchange', () => void goToComment());
if ('requestIdleCallback' in window) requestIdleCallback(loadLate);
else setTimeout(loadLate, 500);
