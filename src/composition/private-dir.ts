import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const OWNER_ALONE = 0o077;
/** The sticky bit marks a directory that everybody shares on purpose, such as /tmp. */
const SHARED = 0o1000;
/** The forum's own files in DATA_DIR; nothing else there is touched. */
const OURS =
  /^(log\.db|vault\.db|serve\.lock\.db|keys?.*\.db|secrets\.json|shared-secrets\.json|followed-log\.json|last-backup\.json|views|audit|tree)(-wal|-shm|-journal)?$/;

/**
 * Makes DATA_DIR when it is missing, and keeps it from other users of the machine, whatever the umask: it is 0700, and
 * every file that this process makes from now on, in threads too, belongs to its owner alone. A directory that an
 * earlier version left open is closed together with the forum's files in it. Throws the system's error when it cannot
 * be made.
 */
export function makePrivate(dataDir: string): void {
  if (isMainThread) process.umask(OWNER_ALONE);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { mode } = lstatSync(dataDir);
  if ((mode & OWNER_ALONE) === 0 || (mode & SHARED) !== 0) return;
  close(dataDir, 0o700);
  for (const name of readdirSync(dataDir)) if (OURS.test(name)) closeAll(join(dataDir, name));
}

function closeAll(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  close(path, found.isDirectory() ? 0o700 : 0o600);
  if (found.isDirectory()) for (const name of readdirSync(path)) closeAll(join(path, name));
}

/** Somebody who may not change the mode (another user's directory, a read-only disk) still gets its forum. */
function close(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    return;
  }
}
