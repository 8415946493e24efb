import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { digestOfSources, MADE_OF } from '../../scripts/made-of.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const PROGRAMS = join(ROOT, 'dist/program');

/** Where the module lies that finds threads, and the one that finds them in the build. */
export const FROM_SOURCES = pathToFileURL(join(ROOT, 'libs/kernel/program-beside.ts')).href;
export const FROM_BUILD = new URL('./program-beside-built.ts', import.meta.url).href;

/** The built file of a thread; undefined for one that is not built. */
export function builtProgram(name: string): URL | undefined {
  const file = [`${name}.cjs`, `${name}.js`].map((each) => join(PROGRAMS, each)).find((path) => existsSync(path));
  return file === undefined ? undefined : pathToFileURL(file);
}

let fresh: boolean | undefined;

/** Whether the programs were built of the sources as they are now. */
export function areProgramsFresh(): boolean {
  fresh ??= madeOf() === digestOfSources(ROOT);
  return fresh;
}

function madeOf(): string | undefined {
  try {
    return readFileSync(join(ROOT, MADE_OF), 'utf8');
  } catch {
    return undefined;
  }
}
