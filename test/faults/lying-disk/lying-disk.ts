import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DISK_FAILED, type Step, stepsIn } from './trace.ts';

const SHIM = join(import.meta.dirname, 'shim.c');
const PROGRAM = join(import.meta.dirname, 'writing.process.ts');

/** How long a page of log.db takes, so that commits come while the write-ahead log is moved: then a part of it is moved without a sync. */
const PAGE_MICROSECONDS = 50;

/** The numbers of Linux's errors. */
export const EIO = 5;

/** The n-th write or sync of a file below the folder, counted from 1, that fails; and all its reads from the n-th on. */
export interface FailPoint {
  readonly name: string;
  readonly kind: 'read' | 'write' | 'sync';
  readonly number: number;
}

/** How the writing program ended: as it was told to, or since the disk failed. */
export type WritingEnd = 'closed' | 'dropped' | 'disk-failed';

/** Why no disk can lie on this machine; null when it can. Where everything is checked it must. */
export function cannotLie(): string | null {
  if (process.platform !== 'linux') return 'LD_PRELOAD is of Linux';
  try {
    execFileSync('gcc', ['-fsyntax-only', SHIM], { stdio: 'pipe' });
    return null;
  } catch (error) {
    if (process.env.CI !== undefined) throw error;
    return 'there is no gcc (apt-get install gcc libc6-dev)';
  }
}

/** Builds the library that stands between a program and the system; gives its file. */
export function builtShim(dir: string): string {
  const library = join(dir, 'lying-disk.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', library, SHIM, '-ldl', '-lpthread']);
  return library;
}

export interface LyingDiskOptions {
  /** `builtShim`. */
  readonly shim: string;
  /** An empty place for the folder and the trace. */
  readonly dir: string;
}

/** A folder on a disk that records what is done to it, over any number of processes. */
export class LyingDisk {
  readonly data: string;
  readonly #shim: string;
  readonly #trace: string;
  readonly #full: string;

  constructor({ shim, dir }: LyingDiskOptions) {
    this.#shim = shim;
    this.data = join(dir, 'data');
    this.#trace = join(dir, 'trace');
    this.#full = join(dir, 'full');
    mkdirSync(this.data, { recursive: true });
  }

  /** The environment of a program that uses the disk. */
  env(fail?: FailPoint): Record<string, string> {
    const told = fail === undefined ? {} : { DISK_FAIL: `${fail.name}:${fail.kind}:${fail.number}:${EIO}` };
    const slow = { DISK_SLOW: `log.db:${PAGE_MICROSECONDS}` };
    return { LD_PRELOAD: this.#shim, DISK_DIR: this.data, DISK_TRACE: this.#trace, ...slow, ...told };
  }

  /** The environment of a program for which a file of the disk has no room, from `fill` to `makeRoom`. */
  smallFileEnv(name: string): Record<string, string> {
    return { ...this.env(), DISK_FULL: `${name}:${this.#full}` };
  }

  fill(): void {
    writeFileSync(this.#full, '');
  }

  makeRoom(): void {
    rmSync(this.#full);
  }

  /** Runs the writing program to its end, and tells how it ended. */
  async writes(groups: number, end: 'close' | 'drop', fail?: FailPoint): Promise<WritingEnd> {
    const args = ['--no-warnings', PROGRAM, this.data, this.#trace, String(groups), end];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...this.env(fail) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [told, said, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    if (code === 0) return 'closed';
    if (signal !== 'SIGKILL') throw new Error(`the program ended with ${code ?? signal}: ${said}`);
    return told === DISK_FAILED ? 'disk-failed' : 'dropped';
  }

  steps(): readonly Step[] {
    return stepsIn(readFileSync(this.#trace));
  }

  remove(): void {
    rmSync(join(this.data, '..'), { recursive: true, force: true });
  }
}
