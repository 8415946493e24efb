import { createRequire, enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Globals from '@jest/globals';
import type jestRuntime from 'jest-runtime';
import { letHashesBeCheap } from './cheap-hashes.ts';
import { endWorkerInTime } from './end-of-worker.ts';
import { loadThreadsBuilt, loadTypeScript, sourceMaps } from './load-typescript.ts';
import { setTestGlobals } from './test-globals.ts';

const require = createRequire(import.meta.url);
const { default: Runtime }: typeof jestRuntime = require('jest-runtime');

/** Node's own cache of what it compiled, for the threads and programs that tests start too: most of their start is that. */
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, '../../node_modules/.cache/node');
enableCompileCache(process.env.NODE_COMPILE_CACHE);

endWorkerInTime();
loadTypeScript(
  new Map([
    ['@jest/globals', new URL('./test-globals.ts', import.meta.url).href],
    ['@node-rs/argon2', new URL('./cheap-hashes.ts', import.meta.url).href],
  ]),
);
loadThreadsBuilt();

/** Where tests talk to whole forums, whose members have passwords like those of any other. */
const FORUM_TESTS = resolve(import.meta.dirname, '..');
let loads = 0;

/**
 * Loads a test file, and all that it imports, as Node does: what several files of a worker import is compiled and run once.
 * Jest's own runtime has a new copy of every module for every file, which cost more than the tests themselves.
 */
export default class SharedRuntime extends Runtime {
  /** A test file, and what sets it up, runs anew each time; what these import does not. */
  override async unstable_importModule(path: string): Promise<void> {
    setTestGlobals(this.requireModuleOrMock<typeof Globals>(path, '@jest/globals'));
    letHashesBeCheap(path.startsWith(FORUM_TESTS));
    loads += 1;
    await import(`${pathToFileURL(path).href}?load=${loads}`);
  }

  override unstable_shouldLoadAsEsm(): true {
    return true;
  }

  /** The part of Jest that collects and runs the tests of a file keeps them in itself, so that each file has its own. */
  override requireInternalModule<Part>(path: string): Part {
    delete require.cache[path];
    return require(path);
  }

  override getSourceMaps(): Map<string, string> {
    return sourceMaps;
  }
}
