import { join } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf } from '../../libs/kernel/index.ts';
import { makePrivate } from './private-dir.ts';

/** Another server uses this DATA_DIR. */
export class AlreadyServed extends Error {
  override readonly name = 'AlreadyServed';

  constructor(dataDir: string) {
    super(`${dataDir} is served by another process already; end it first, or choose another DATA_DIR`);
  }
}

/** The file that the first server of a DATA_DIR leaves in it. */
export function serveLockFile(dataDir: string): string {
  return join(dataDir, 'serve.lock.db');
}

/**
 * Allows one server for each DATA_DIR, since two would write the same views: an exclusive SQLite transaction, which the
 * operating system ends with the process, however it dies. Gives the function that unlocks. Throws AlreadyServed.
 */
export function lockForServing(dataDir: string): () => void {
  makePrivate(dataDir);
  const db = new Database(serveLockFile(dataDir), { timeout: 200 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (isBusy(error)) throw new AlreadyServed(dataDir);
    throw error;
  }
  return () => db.close();
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}
