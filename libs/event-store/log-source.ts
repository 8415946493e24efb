import { isRecord } from '../kernel/index.ts';
import { openServerStore } from './log-servers.ts';
import type { EventStore } from './port.ts';
import { openSqliteEventReader } from './sqlite/event-store.ts';

/** The place of the log, as one thread tells another that reads it. */
export type LogSource = LogFile | LogServer;

export interface LogFile {
  readonly file: string;
  /** The writing store's commit signal; without it only the poll wakes a subscription. */
  readonly signal?: SharedArrayBuffer;
  /** The file of its keys, for a thread that opens what is sealed. */
  readonly vaultFile?: string;
}

export interface LogServer {
  /** A connection string, credentials included. */
  readonly url: string;
}

/** Milliseconds that a following thread waits for the database; it then reports the failure, and reads later. */
const PATIENCE_MS = 1_000;

/** Opens the log for reading in another thread than its writer's. Throws TypeError for a malformed source. */
export async function openLogSource(
  source: unknown,
  patienceMs = PATIENCE_MS,
): Promise<Pick<EventStore, 'subscribe' | 'readAll' | 'readStream' | 'head' | 'close'>> {
  const log = logSourceIn(source);
  return 'url' in log ? openServerStore({ url: log.url, patienceMs }) : openSqliteEventReader(log);
}

/** Throws TypeError for a malformed source. */
export function logSourceIn(source: unknown): LogSource {
  const { url, file, signal, vaultFile } = isRecord(source) ? source : {};
  if (typeof url === 'string') return { url };
  if (typeof file !== 'string') throw new TypeError('a thread was not told where the log is');
  return {
    file,
    ...(signal instanceof SharedArrayBuffer && { signal }),
    ...(typeof vaultFile === 'string' && { vaultFile }),
  };
}
