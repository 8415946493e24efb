import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newEvents, newStream } from '../../libs/event-store/contract/new-events.ts';
import { openSqliteEventStore, type SqliteEventStore } from '../../libs/event-store/index.ts';
import { type LogTree, openLogTree } from '../../libs/log-tree/index.ts';

let dir: string;
let store: SqliteEventStore;
let tree: LogTree;
let problems: string[];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-resting-tree-'));
  problems = [];
  store = await openSqliteEventStore({ file: join(dir, 'log.db') });
});
afterEach(async () => {
  await tree.close();
  await store.close();
  rmSync(dir, { recursive: true });
});

/** Whatever they are called: a thread has its name a moment after it is there. */
function allThreads(): number {
  return readdirSync('/proc/self/task').length;
}

/** Of this process; only Linux tells them. */
function threads(): number {
  return readdirSync('/proc/self/task').filter((id) => commOf(id) === 'log-tree').length;
}

function commOf(id: string): string {
  try {
    return readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Looked at each 20 ms. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function open(times: { restsAfterMs: number; againMs: number; after?: Promise<void> }): void {
  const worker = new URL('./tree.worker.ts', import.meta.url);
  const log = { file: join(dir, 'log.db'), signal: store.commitSignal };
  const onProblem = (reason: string): void => void problems.push(reason);
  tree = openLogTree({ dir: join(dir, 'tree'), worker, log, onProblem, ...times });
}

test('a tree rests when nothing is recorded, and goes on with the next event, for a proof or by itself', async () => {
  const { position: first } = await store.append(newStream(), newEvents(3), 'no-stream');
  open({ restsAfterMs: 50, againMs: 60_000 });
  expect(await tree.reached(first)).toBe(3);
  await until(() => threads() === 0);
  const root = tree.root(3);

  const { position: second } = await store.append(newStream(), newEvents(4), 'no-stream');
  expect(await tree.reached(second)).toBe(7);
  await until(() => threads() === 0);

  const { position: third } = await store.append(newStream(), newEvents(5), 'no-stream');
  tree.follow(third);
  await until(() => tree.holds(third));

  expect(tree.size()).toBe(12);
  expect(tree.root(3)).toEqual(root);
  expect(tree.consistency(3, 12).length).toBeGreaterThan(0);
  expect(problems).toEqual([]);
}, 20_000);

test('a tree begins when it is told, or when somebody asks before', async () => {
  const { position } = await store.append(newStream(), newEvents(3), 'no-stream');
  const { promise: after, resolve } = Promise.withResolvers<void>();
  const before = allThreads();
  open({ restsAfterMs: 60_000, againMs: 60_000, after });
  tree.follow(position);
  expect(allThreads()).toBeLessThanOrEqual(before);
  resolve();
  await until(() => tree.holds(position));
  await tree.close();

  open({ restsAfterMs: 60_000, againMs: 60_000, after: new Promise(() => undefined) });
  void tree.reached(position).catch(() => undefined);
  await until(() => tree.holds(position));
  expect(problems).toEqual([]);
}, 20_000);

test('a tree that rests is compared with its log all the same, and rests again', async () => {
  const { position } = await store.append(newStream(), newEvents(3), 'no-stream');
  open({ restsAfterMs: 50, againMs: 100 });
  await tree.reached(position);
  for (let times = 0; times < 2; times += 1) {
    await until(() => threads() === 0);
    await until(() => threads() === 1);
  }
  expect(problems).toEqual([]);
}, 20_000);
