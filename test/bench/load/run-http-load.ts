import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runProgram } from '../../support/child-program.ts';
import type { HttpLoad, LoadRequest } from './http-load.ts';

const program = resolve(import.meta.dirname, 'http-load.ts');

/** Loads the addresses from a process of its own; answers requests a second. Throws when an answer is not 2xx. */
export async function httpLoad(
  load: Omit<HttpLoad, 'requestsFile'>,
  sequences: readonly (readonly LoadRequest[])[],
): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'colloquy-load-'));
  try {
    const requestsFile = join(dir, 'requests.json');
    writeFileSync(requestsFile, JSON.stringify(sequences));
    const argument: HttpLoad = { ...load, requestsFile };
    return Number(await runProgram([program, JSON.stringify(argument)]));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
