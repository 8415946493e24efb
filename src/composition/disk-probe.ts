import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnavailable } from '../../libs/event-store/index.ts';
import { causeOf, codeOf } from '../../libs/kernel/index.ts';

/** The most that one append needs at once, so that a nearly full disk counts as full. */
const PROBE_BYTES = 256 * 1024;

/**
 * Writes, syncs and removes a file of some size in the directory; gives the system's error when that failed, or null.
 */
export function probeDisk(dir: string): unknown {
  const probe = join(dir, `.probe-${process.pid}`);
  let file: number | undefined;
  try {
    file = openSync(probe, 'w', 0o600);
    writeSync(file, Buffer.alloc(PROBE_BYTES, 1));
    fsyncSync(file);
    return null;
  } catch (error) {
    return error;
  } finally {
    if (file !== undefined) closeSync(file);
    remove(probe);
  }
}

/** On a read-only disk there is nothing to remove, and that is an error too. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    return;
  }
}

/** Bytes that this user can still write on the disk of a directory; 0 for a missing directory. */
export function roomOn(dir: string): number {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/** The reasons why a disk takes no writes that people can mend while the forum runs. */
export type TakesNoWrites = 'full' | 'read-only';

/** The reason in an error of the system, of SQLite or of the log; null for another error. */
export function takesNoWrites(error: unknown): TakesNoWrites | null {
  if (error instanceof StoreUnavailable && error.reason === 'disk-full') return 'full';
  const code = codeOf(error) || codeOf(causeOf(error));
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') return 'full';
  return code === 'EROFS' || code.startsWith('SQLITE_READONLY') ? 'read-only' : null;
}
