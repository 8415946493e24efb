import { closeSync, fdatasyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import type Database from 'better-sqlite3';

/**
 * The place in a `-shm` file that tells how much of the write-ahead log was moved: `nBackfill`,
 * https://www.sqlite.org/walformat.html, 2.2.
 */
const MOVED_AT = 96;
const CHUNK = 1_048_576;

/**
 * Makes the next mover of the write-ahead log move all of it, also parts that a checkpoint counted as moved: SQLite
 * counts a part before it is synced, and after a failed sync it may be nowhere. SQLite resets the mark itself at each
 * new beginning, so it may be reset at any time. Without a `-shm` file there is no mark.
 * The mark outlives a process when another one has the file open, which then keeps the `-shm`. Files opened here stay
 * open until the thread ends, since closing one would release SQLite's own locks on it from this process (POSIX
 * advisory locks).
 */
export function forgetMoved(file: string): void {
  const shared = `${file}-shm`;
  const size = statSync(shared, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MOVED_AT) writeSync(openSync(shared, 'r+'), Buffer.alloc(4), 0, 4, MOVED_AT);
}

/**
 * Puts the write-ahead log on disk as it can be read now. When a process ended after a failed sync, the readable bytes
 * may be in memory alone, and a sync skips them: only rewritten bytes are synced. Nobody adds to it meanwhile.
 */
export function rewriteWriteAheadLog(db: Database.Database, file: string): void {
  const wal = `${file}-wal`;
  if ((statSync(wal, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    rewrite(wal);
  } finally {
    db.exec('ROLLBACK');
  }
}

function rewrite(file: string): void {
  const handle = openSync(file, 'r+');
  const chunk = Buffer.alloc(CHUNK);
  try {
    for (let from = 0; ; ) {
      const read = readSync(handle, chunk, 0, CHUNK, from);
      if (read === 0) break;
      for (let done = 0; done < read; ) done += writeSync(handle, chunk, done, read - done, from + done);
      from += read;
    }
    fdatasyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
