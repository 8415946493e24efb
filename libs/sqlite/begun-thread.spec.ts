import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { trusted } from '../kernel/index.ts';
import { threadFor } from './begun-thread.ts';

interface Runner {
  beginThreads(threads: readonly { readonly file: string; readonly name: string }[]): void;
}

const { beginThreads } = trusted<Runner>(
  createRequire(import.meta.url)(resolve(import.meta.dirname, '../../bin/run-program.cjs')),
);
const module = pathToFileURL(resolve(import.meta.dirname, 'begun-thread.ts')).href;
/** Says what it is for, in which thread, and what it hears afterwards. */
const SAYS = `import { parentPort, threadId } from 'node:worker_threads';
  import { taskOfThread } from ${JSON.stringify(module)};
  const task = await taskOfThread();
  await new Promise(setImmediate);
  parentPort.once('message', (heard) => parentPort.postMessage({ task, heard, threadId }));`;

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-begun-'));
  file = join(dir, 'says.mjs');
});

afterEach(() => rmSync(dir, { recursive: true }));

const ended = (worker: Worker): Promise<void> => new Promise((done) => worker.once('exit', () => done()));

async function said(worker: Worker): Promise<unknown> {
  const hears = new Promise((heard) => worker.once('message', heard));
  worker.postMessage('more');
  const over = ended(worker);
  const words = await hears;
  await over;
  return words;
}

describe('a thread for a task', () => {
  it('is the one that was begun for its program, which hears its task and all that comes after it; the next is a new one', async () => {
    writeFileSync(file, SAYS);
    beginThreads([{ file, name: 'says' }]);
    const program = pathToFileURL(file);
    const begun = threadFor(program, { task: 1 }, {});
    const other = threadFor(program, { task: 2 }, {});
    const [first, second] = [begun.threadId, other.threadId];
    expect(second).toBe(first + 1);
    expect(await Promise.all([said(begun), said(other)])).toEqual([
      { task: { task: 1 }, heard: 'more', threadId: first },
      { task: { task: 2 }, heard: 'more', threadId: second },
    ]);
  });

  it('is a new one where none was begun, or the one that was begun has ended', async () => {
    writeFileSync(file, 'throw new Error("the disk was full");');
    beginThreads([{ file, name: 'says' }]);
    const program = pathToFileURL(file);
    const all = trusted<Map<string, { worker: Worker }>>(Reflect.get(globalThis, Symbol.for('colloquy.begunThreads')));
    const begun = all.get(program.href)?.worker;
    if (begun === undefined) throw new Error('no thread was begun');
    await ended(begun);
    writeFileSync(file, SAYS);
    const worker = threadFor(program, 'task', {});
    const { threadId } = worker;
    expect(await said(worker)).toEqual({ task: 'task', heard: 'more', threadId });
  });
});
