import { PassThrough } from 'node:stream';
import 'reflect-metadata';
import { runCli } from '../../src/cli/program.ts';
import type { Ran, RunOptions } from './run-colloquy.ts';

/** Runs `colloquy` with the words in this process: for many runs of which only the answers count, not how they end. */
export async function runHere(
  words: readonly string[],
  { dataDir, env = {} }: Pick<RunOptions, 'dataDir' | 'env'> = {},
): Promise<Ran> {
  const [out, said]: [string[], string[]] = [[], []];
  const screen = new PassThrough().on('data', (bytes) => said.push(String(bytes)));
  const status = await runCli(words, {
    environment: { ...env, ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }) },
    out: (line) => out.push(`${line}\n`),
    say: (line) => said.push(`${line}\n`),
    error: Object.assign(screen, { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return { status, out: out.join(''), said: said.join('') };
}
