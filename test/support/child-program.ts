import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program of ours in its own process, started and spoken to by its standard output. */
export interface ChildProgram {
  readonly process: ChildProcess;
  /** The first line that it printed to standard output. */
  readonly firstLine: string;
  /** Everything that it has written to standard output so far. */
  stdout(): string;
  /** Everything that it has written to standard error so far. */
  stderr(): string;
  /** Sends the signal (SIGTERM unless told) and resolves with exit code or signal once it is gone. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Goes before the arguments instead of this Node: a program with its arguments, such as `prlimit --fsize=1000`. */
  readonly under?: readonly string[];
}

/** Thrown when the program ended before it said anything. */
export class EndedEarly extends Error {
  override readonly name = 'EndedEarly';
  readonly status: number | NodeJS.Signals;
  readonly stderr: string;

  constructor(status: number | NodeJS.Signals, stderr: string) {
    super(`the program ended with ${status} before it was ready:\n${stderr}`);
    this.status = status;
    this.stderr = stderr;
  }
}

const living = new Set<ChildProcess>();

/** Kills what was started and not ended: for the end of a test file that failed half-way. */
export function killPrograms(): void {
  for (const child of living) child.kill('SIGKILL');
}

/** Starts Node with the arguments and waits for its first line on standard output. Throws EndedEarly. */
export async function startProgram(args: readonly string[], options: ChildOptions = {}): Promise<ChildProgram> {
  const [command = process.execPath, ...rest] = [...(options.under ?? []), process.execPath, ...args];
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  living.add(child);
  child.once('close', () => living.delete(child));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals)[]) => code ?? signal ?? 0);
  let stdout = '';
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    stdout += `${line}\n`;
  });
  const said = once(lines, 'line').then(([line]) => String(line));
  const first = await Promise.race([said, ended.then((status) => ({ status }))]);
  if (typeof first !== 'string') throw new EndedEarly(first.status, stderr);
  return {
    process: child,
    firstLine: first,
    stdout: () => stdout,
    stderr: () => stderr,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs Node with the arguments to its end and gives what it printed. Throws EndedEarly on any status but 0. */
export async function runProgram(args: readonly string[], options: ChildOptions = {}): Promise<string> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new EndedEarly(code ?? signal, stderr);
  return stdout;
}
