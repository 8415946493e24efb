import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnavailable } from '../../libs/event-store/index.ts';
import { causeOf, codeOf } from '../../libs/kernel/index.ts';

/** What one append may need at most in one go, so that a nearly full disk is told as full. */
const PROBE_BYTES = 256 * 1024;

/** Writes and syncs a file of some size in the directory, and removes it; the system's error when that is not done, or null. */
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

/** On a disk for reading alone there is nothing to remove, and that is an error too. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    return;
  }
}

/** Bytes that this user may still write on the disk of a directory; 0 where there is none. */
export function roomOn(dir: string): number {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/** Why a disk takes no writes, where people can mend that without the forum's end. */
export type TakesNoWrites = 'full' | 'read-only';

/** Of an error of the system, of SQLite or of the log; null for one that says something else. */
export function takesNoWrites(error: unknown): TakesNoWrites | null {
  if (error instanceof StoreUnavailable && error.reason === 'disk-full') return 'full';
  const code = codeOf(error) || codeOf(causeOf(error));
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') return 'full';
  return code === 'EROFS' || code.startsWith('SQLITE_READONLY') ? 'read-only' : null;
}
