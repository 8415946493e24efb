import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../../dist/program/cli.cjs');

export interface Ran {
  /** Exit status, or the signal that ended it. */
  readonly status: number | NodeJS.Signals;
  readonly out: string;
  readonly said: string;
}

export interface RunOptions {
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Goes before the command: a program with its arguments, such as `prlimit --fsize=1000`. */
  readonly under?: readonly string[];
  /** Given the process as soon as it runs. */
  readonly whileRunning?: (child: ChildProcess) => Promise<void>;
}

/** Runs the built `colloquy` with the words to its end, however that comes. */
export async function runColloquy(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [command = process.execPath, ...rest] = [...(options.under ?? []), process.execPath, cli, ...words];
  const dataDir = options.dataDir === undefined ? {} : { DATA_DIR: options.dataDir };
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...dataDir, ...options.env },
  });
  const [out, said] = [textOf(child.stdout), textOf(child.stderr)];
  const ended = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals)[]) => code ?? signal ?? 0);
  try {
    await options.whileRunning?.(child);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return { status: await ended, out: out(), said: said() };
}

function textOf(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return () => text;
}
