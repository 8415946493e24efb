import { codeOf } from '../../libs/kernel/index.ts';
import type { Environment } from '../config.ts';

/** Standard error as far as commands know it; `isTTY` where a person looks at it. */
export type Screen = NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };

/** Standard input; `isTTY` where a person types. */
export type Keyboard = NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };

/** A command's whole connection to the world, so that a command can be tried without a process. */
export interface Terminal {
  readonly environment: Environment;
  /** Standard output: the one JSON document of `--json`, and the server's address; nothing else. */
  readonly out: (line: string) => void;
  /** Standard error: messages for people. */
  readonly say: (line: string) => void;
  readonly error: Screen;
  readonly input: Keyboard;
}

/** Of a stream whose reader goes before all is written, as `head` does, the rest is for nobody. Any other fault is thrown. */
export function outliveReader(stream: NodeJS.EventEmitter): void {
  stream.on('error', (error: unknown) => {
    if (codeOf(error) !== 'EPIPE') throw error;
  });
}

export const PROCESS: Terminal = {
  environment: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  say: (line) => process.stderr.write(`${line}\n`),
  error: process.stderr,
  /** Node opens it when it is asked for. */
  get input() {
    return process.stdin;
  },
};

/** The status that a command ends with: 0 for success alone, 1 for a failure, 2 for a wrong call, 75 (EX_TEMPFAIL) for what a later attempt may mend. */
export type Status = 0 | 1 | 2 | 75;

export const SUCCESS: Status = 0;
export const FAILURE: Status = 1;
export const WRONG_CALL: Status = 2;
export const TEMPORARY: Status = 75;

/** A command was called with impossible values; its message says what is possible. */
export class WrongCall extends Error {
  override readonly name = 'WrongCall';
}
