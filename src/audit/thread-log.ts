import { type EventStore, openKurrentEventStore, openSqliteEventReader } from '../../libs/event-store/index.ts';

/** A thread of its own has patience of its own: what it cannot read now, it reads later. */
const PATIENCE_MS = 1_000;

/** The log as another thread was told where it is, opened for reading. */
export async function openThreadLog(
  source: unknown,
): Promise<Pick<EventStore, 'subscribe' | 'readAll' | 'readStream' | 'head' | 'close'>> {
  if (isLogFile(source)) return openSqliteEventReader(source);
  if (isLogServer(source)) return openKurrentEventStore({ url: source.url, patienceMs: PATIENCE_MS });
  throw new TypeError('the thread was not told where the log is');
}

function isLogFile(source: unknown): source is { readonly file: string; readonly signal: SharedArrayBuffer } {
  return typeof source === 'object' && source !== null && 'file' in source && 'signal' in source;
}

function isLogServer(source: unknown): source is { readonly url: string } {
  return typeof source === 'object' && source !== null && 'url' in source;
}
