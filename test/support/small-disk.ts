import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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

/** A file system of its own in memory. Throws where this user may not mount one. */
export function smallFileSystem(megabytes: number): SmallDisk {
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
    remove: () => {
      execFileSync('umount', [dataDir]);
      rmSync(dataDir, { recursive: true });
    },
  };
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
