import { exactTime, relativeTime } from './i18n/moments.ts';
import type { Translator } from './i18n/translate.ts';

interface TimeAgoProps {
  readonly at: string;
  readonly translator: Translator;
  /** The server's clock for telling the time in UTC, since it cannot know the reader's zone; null in the browser. */
  readonly now: number | null;
}

/** "3 hours ago" with the exact time on hover; the program of every page keeps it ticking in the reader's zone. */
export function TimeAgo({ at, translator, now }: TimeAgoProps) {
  const clock = { translator, now: now ?? Date.now(), isLocal: now === null };
  return (
    <time dateTime={at} title={exactTime(at, clock)}>
      {relativeTime(at, clock)}
    </time>
  );
}
