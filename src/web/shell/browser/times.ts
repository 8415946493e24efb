import { date, exactTime, relativeTime } from '../i18n/moments.ts';
import { type Messages, translator } from '../i18n/translate.ts';
import { clockShift } from './clock-shift.ts';
import { readData } from './page-data.ts';

/** Moments older than a minute are told by the minute. */
const TICK_MS = 30_000;

const language = translator(document.documentElement.lang, readData<Messages>('time-words') ?? {});

/** Where the clock of the device is wrong, ages are told by the forum's. */
const shift = clockShift(Number(document.documentElement.dataset['now']), Date.now());

/**
 * The server tells times in UTC, since it cannot know the reader's zone; here they become local and are kept current.
 */
function tellTimes(): void {
  const clock = { translator: language, now: Date.now() + shift, isLocal: true };
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[datetime]')) {
    if (time.parentElement?.dataset['forumZone'] !== undefined) continue;
    time.title = exactTime(time.dateTime, clock);
    const { exact } = time.dataset;
    const told = exact === 'day' ? date : relativeTime;
    tell(time, exact === '' ? time.title : told(time.dateTime, clock));
  }
}

/**
 * The text node stays the same: in a discussion it may belong to the program that draws it, which writes the same text.
 */
function tell(time: HTMLTimeElement, text: string): void {
  if (time.firstChild && time.textContent !== text) time.firstChild.nodeValue = text;
}

/** Tells them now, each half a minute, and when a program of the page has drawn some. */
export function keepTimes(): void {
  // A task of its own, since the one that read a long page was long enough.
  setTimeout(tellTimes);
  setInterval(tellTimes, TICK_MS);
  document.addEventListener('colloquy:times', tellTimes);
}
