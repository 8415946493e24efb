import { useEffect, useState } from 'preact/hooks';
import { exactTime, relativeTime } from '../i18n/moments.ts';
import type { Translator } from '../i18n/translate.ts';

/** Moments older than a minute are told by the minute, so no more is needed. */
const TICK_MS = 30_000;

/** One timer for all moments of a page. */
const ticking = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function onTick(tick: () => void): () => void {
  ticking.add(tick);
  timer ??= setInterval(() => {
    for (const each of ticking) each();
  }, TICK_MS);
  return () => {
    ticking.delete(tick);
    if (ticking.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * "3 hours ago" with the exact time on hover. The server says it in UTC; in the browser it turns to the reader's zone
 * after the first rendering and keeps ticking.
 */
export function TimeAgo({ at, translator, now }: { at: string; translator: Translator; now: number }) {
  const [clock, setClock] = useState({ now, isLocal: false });
  useEffect(() => {
    const tick = () => setClock({ now: Date.now(), isLocal: true });
    tick();
    return onTick(tick);
  }, []);
  const telling = { ...clock, translator };
  return (
    <time dateTime={at} title={exactTime(at, telling)}>
      {relativeTime(at, telling)}
    </time>
  );
}
