import { PushFault } from './port.ts';

/** Also 406, by which one push service (WNS) says what others say by 429. */
const LATER: ReadonlySet<number> = new Set([406, 408, 425, 429]);

/** What an answer other than success (2xx) means. */
export function faultOfStatus(status: number, retryAfter: string | undefined): PushFault {
  if (status === 404 || status === 410) return new PushFault(String(status), { kind: 'gone' });
  if (status >= 500 || LATER.has(status))
    return new PushFault(String(status), { kind: 'later', waitMs: waitIn(retryAfter) });
  return new PushFault(String(status), { kind: 'final' });
}

/** Seconds or a moment (RFC 9110, 10.2.3); 0 for anything else. */
function waitIn(retryAfter = ''): number {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? 0 : Math.max(0, until - Date.now());
}
