import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ChildProgram, startProgram } from './child-program.ts';

/** The program as it is started. */
export const cli = resolve(import.meta.dirname, '../../bin/colloquy.js');

/** The built server in its own process, as people run it. */
export interface ServedForum extends ChildProgram {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly address: string;
  readonly dataDir: string;
}

export interface ServeOptions {
  /** A new directory unless given. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
  /** With its arguments; `colloquy serve` unless given. */
  readonly program?: readonly string[];
  readonly under?: readonly string[];
}

/** As of a forum in this process: whatever else the machine does, nothing is refused for want of time. */
const SERVED_SETTINGS = { HOST: '127.0.0.1', PORT: '0', RATE_LIMITS: 'off', ANSWER_WITHIN_MS: '60000' };

/** Of a forum that is measured: as it is deployed, and refusing in time what it cannot do. */
export const MEASURED_SETTINGS = { NODE_ENV: 'production', LOG_LEVEL: 'error', ANSWER_WITHIN_MS: '1000' };

export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'colloquy-data-'));
}

/** Starts `colloquy serve` on a free port and waits until it says its address. Throws EndedEarly. */
export async function serveForum(options: ServeOptions = {}): Promise<ServedForum> {
  const dataDir = options.dataDir ?? newDataDir();
  const program = await startProgram([...(options.nodeArgs ?? []), ...(options.program ?? [cli, 'serve'])], {
    env: { ...SERVED_SETTINGS, DATA_DIR: dataDir, ...options.env },
    ...(options.under === undefined ? {} : { under: options.under }),
  });
  const address = /https?:\/\/[^\s/]+/.exec(program.firstLine)?.[0];
  if (address === undefined) throw new Error(`no address in ${JSON.stringify(program.firstLine)}`);
  return { ...program, address, dataDir };
}
