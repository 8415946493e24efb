import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreUnavailable } from '../port.ts';
import { type FileKind, openForReading } from './database-file.ts';
import { toUnavailable } from './faults.ts';

/** Pages (of 4 KiB) that are copied before others get their turn: 16 MiB. */
const STEP_PAGES = 4_096;
const BUSY_TIMEOUT_MS = 5_000;

/** Called with the copied and the total bytes; an error that it throws ends the copy and is thrown unchanged. */
export type CopyProgress = (done: number, all: number) => void;

/**
 * Copies a database as it is at one moment, while others go on writing: an open read transaction holds SQLite's online
 * backup (https://www.sqlite.org/backup.html) at that moment. The copy needs no write-ahead log, and is on disk when
 * this resolves, readable by its owner alone. Throws StoreUnavailable that names the file; `to` must not exist, and may
 * be incomplete then.
 */
export async function copyDatabase(kind: FileKind, from: string, to: string, onProgress: CopyProgress): Promise<void> {
  const source = openForReading(kind, from, BUSY_TIMEOUT_MS);
  const stopped = new Set<unknown>();
  let bytes = 0;
  try {
    closeSync(openSync(to, 'wx', 0o600));
    source.exec('BEGIN');
    bytes = numberOf(source, 'page_count') * numberOf(source, 'page_size');
    await source.backup(to, { progress: telling(onProgress, bytes, stopped) });
  } catch (error) {
    if (stopped.has(error)) throw error;
    const fault = toUnavailable(error, to, bytes);
    throw fault.reason === 'corrupt' ? toUnavailable(error, from) : fault;
  } finally {
    source.close();
  }
  standAlone(kind, to);
  onProgress(bytes, bytes);
}

type Progress = (info: { readonly totalPages: number; readonly remainingPages: number }) => number;

/** Gives the number of pages to copy next; `stopped` receives the listener's error. */
function telling(onProgress: CopyProgress, bytes: number, stopped: Set<unknown>): Progress {
  return ({ totalPages, remainingPages }) => {
    try {
      onProgress(Math.round(bytes * (1 - remainingPages / totalPages)), bytes);
      return STEP_PAGES;
    } catch (reason) {
      stopped.add(reason);
      throw reason;
    }
  };
}

function numberOf(db: Database.Database, pragma: string): number {
  return Number(db.pragma(pragma, { simple: true }));
}

/**
 * Makes a closed database one file, readable from a read-only medium, after SQLite's own check of all its pages and
 * indexes. Throws StoreUnavailable that names the file.
 */
export function standAlone(kind: FileKind, file: string): void {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    db.pragma('journal_mode = DELETE');
    const found = String(db.pragma('integrity_check(1)', { simple: true }));
    if (found !== 'ok') {
      throw new StoreUnavailable(
        'corrupt',
        `${file}: the ${kind.name} is damaged inside (${found}), and so is what it was copied from`,
      );
    }
  } catch (error) {
    throw toUnavailable(error, file);
  } finally {
    db?.close();
  }
}
