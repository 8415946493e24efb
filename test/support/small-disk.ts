import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place for a server's data that gets full, and room in it when it is asked for. */
export interface SmallDisk {
  readonly dataDir: string;
  /** Goes before the server's command. */
  readonly under: readonly string[];
  makeRoom(serverPid: number): void;
  remove(): void;
}

/** A small disk that is a file system: it can be mounted for reading alone, and filled from outside. */
export interface SmallFileSystem extends SmallDisk {
  /** Leaves no room for anything. */
  fill(): void;
  /** Only while nobody has a file open for writing. */
  mountFor(what: 'reading' | 'writing'): void;
}

/** A file system of its own in memory. Throws where this user may not mount one. */
export function smallFileSystem(megabytes: number): SmallFileSystem {
  const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-disk-'));
  const mount = (...args: readonly string[]): Buffer => execFileSync('mount', args, { stdio: 'pipe' });
  try {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dataDir);
  } catch (error) {
    rmSync(dataDir, { recursive: true });
    throw error;
  }
  return {
    dataDir,
    under: [],
    makeRoom: () => mount('-o', `remount,size=${megabytes * 16}m`, dataDir),
    fill: () => fillUp(join(dataDir, 'ballast')),
    mountFor: (what) => mount('-o', `remount,${what === 'reading' ? 'ro' : 'rw'}`, dataDir),
    remove: () => {
      execFileSync('umount', [dataDir]);
      rmSync(dataDir, { recursive: true });
    },
  };
}

function fillUp(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (;;) writeSync(handle, Buffer.alloc(4_096));
  } catch (error) {
    const isFull = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOSPC';
    if (!isFull) throw error;
  } finally {
    closeSync(handle);
  }
}

/** Files that may not grow past a size (RLIMIT_FSIZE of the server's process): works for every user. */
export function smallFiles(megabytes: number): SmallDisk {
  const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-files-'));
  mkdirSync(dataDir, { recursive: true });
  const bytes = megabytes * 1_048_576;
  return {
    dataDir,
    under: ['prlimit', `--fsize=${bytes}:unlimited`],
    makeRoom: (serverPid) => execFileSync('prlimit', [`--pid=${serverPid}`, '--fsize=unlimited:unlimited']),
    remove: () => rmSync(dataDir, { recursive: true }),
  };
}

/** Whether this user may mount: root outside of most containers. */
export function mayMount(): boolean {
  try {
    smallFileSystem(1).remove();
    return true;
  } catch {
    return false;
  }
}
