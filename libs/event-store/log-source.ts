import { isRecord } from '../kernel/index.ts';
import { openServerStore } from './log-servers.ts';
import type { EventStore } from './port.ts';
import { openSqliteEventReader } from './sqlite/event-store.ts';

/** Where the log is, as one thread tells another that reads it. */
export type LogSource = LogFile | LogServer;

export interface LogFile {
  readonly file: string;
  /** The writing store's commit signal; without it nothing wakes a subscription before it looks again. */
  readonly signal?: SharedArrayBuffer;
}

export interface LogServer {
  /** A connection string, credentials included. */
  readonly url: string;
}

/** Milliseconds that a thread which follows the log waits for the database: what it cannot read now it tells, and reads later. */
const PATIENCE_MS = 1_000;

/** Opens the log for reading, in another thread than its writer's. Throws TypeError for what is no source. */
export async function openLogSource(
  source: unknown,
  patienceMs = PATIENCE_MS,
): Promise<Pick<EventStore, 'subscribe' | 'readAll' | 'readStream' | 'head' | 'close'>> {
  const log = logSourceIn(source);
  return 'url' in log ? openServerStore({ url: log.url, patienceMs }) : openSqliteEventReader(log);
}

/** Throws TypeError for what is no source. */
export function logSourceIn(source: unknown): LogSource {
  const { url, file, signal } = isRecord(source) ? source : {};
  if (typeof url === 'string') return { url };
  if (typeof file !== 'string') throw new TypeError('a thread was not told where the log is');
  return signal instanceof SharedArrayBuffer ? { file, signal } : { file };
}
