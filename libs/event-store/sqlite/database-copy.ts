import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreUnavailable } from '../port.ts';
import { type FileKind, openForReading } from './database-file.ts';
import { toUnavailable } from './faults.ts';

/** Pages (of 4 KiB) that are copied before others get their turn: 16 MiB. */
const STEP_PAGES = 4_096;
const BUSY_TIMEOUT_MS = 5_000;

/** Told how many of all bytes are copied; what it throws ends the copy, and is thrown on as it is. */
export type CopyProgress = (done: number, all: number) => void;

/**
 * Copies a database as it is at one moment, while others go on writing to it: an open read transaction keeps SQLite's
 * online backup (https://www.sqlite.org/backup.html) at that moment. The copy stands alone, without a write-ahead log, and
 * is on disk when this resolves, readable by its owner alone. Throws StoreUnavailable that names the file; `to` must not exist, and may be half then.
 */
export async function copyDatabase(kind: FileKind, from: string, to: string, onProgress: CopyProgress): Promise<void> {
  const source = openForReading(kind, from, BUSY_TIMEOUT_MS);
  let stop: unknown;
  try {
    const pageSize = Number(source.pragma('page_size', { simple: true }));
    closeSync(openSync(to, 'wx', 0o600));
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        try {
          onProgress((totalPages - remainingPages) * pageSize, totalPages * pageSize);
        } catch (reason) {
          stop = reason;
          throw reason;
        }
        return STEP_PAGES;
      },
    });
  } catch (error) {
    if (stop !== undefined) throw stop;
    const fault = toUnavailable(error, to);
    throw fault.reason === 'corrupt' ? toUnavailable(error, from) : fault;
  } finally {
    source.close();
  }
  standAlone(kind, to);
}

/**
 * Leaves a closed database as one file, readable from a medium that nobody may write to, after SQLite's own check of all
 * its pages and indexes. Throws StoreUnavailable that names the file.
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
