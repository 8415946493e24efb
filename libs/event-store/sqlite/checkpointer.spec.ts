import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newEvents, newStream } from '../contract/new-events.ts';
import { all } from '../contract/opened-log.ts';
import { openSqliteEventStore } from './event-store.ts';

const MEBIBYTE = 1_048_576;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-checkpointer-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const size = (suffix: string): number => statSync(join(dir, `log.db${suffix}`), { throwIfNoEntry: false })?.size ?? 0;

/** Throws after ten seconds. */
async function until(holds: () => boolean): Promise<void> {
  for (let look = 0; !holds(); look += 1) {
    if (look === 1_000) throw new Error('what was waited for did not come');
    await pause(10);
  }
}

const THREADS = '/proc/self/task';

/** Whether a thread moves pages now, by the names that the system tells; a thread that ends while they are read has none. */
function isMoving(): boolean {
  return readdirSync(THREADS).some((thread) => {
    try {
      return readFileSync(join(THREADS, thread, 'comm'), 'utf8') === 'log-checkpoint\n';
    } catch {
      return false;
    }
  });
}

const onSystemsThatTell = existsSync(THREADS) ? test : test.skip;

onSystemsThatTell(
  'the thread that moves pages is there while it has to, and again when it has to',
  async () => {
    const store = await openSqliteEventStore({ file: join(dir, 'log.db'), checkpointEvents: 16 });
    expect(isMoving()).toBe(false);
    for (let round = 0; round < 2; round += 1) {
      await store.append(newStream(), newEvents(16), 'no-stream');
      await until(isMoving);
      await until(() => !isMoving());
    }
    await store.close();
    expect(size('-wal')).toBe(0);
  },
  60_000,
);

test('the write-ahead log is moved into the file while events come in, and begins anew', async () => {
  const store = await openSqliteEventStore({ file: join(dir, 'log.db') });
  const append = async (): Promise<void> => {
    await Promise.all(Array.from({ length: 16 }, () => store.append(newStream(), newEvents(32), 'no-stream')));
  };
  // Each amount is far less than the writer's own setting allows, so another thread has moved the pages.
  for (let round = 1; round <= 3; round += 1) {
    const before = size('');
    for (let group = 0; group < 8; group += 1) await append();
    await until(() => size('') > before + MEBIBYTE / 2);
  }
  expect(size('-wal')).toBeLessThan(16 * MEBIBYTE);
  expect(await all(store.readAll())).toHaveLength(3 * 8 * 16 * 32);

  await store.close();
  expect(size('-wal')).toBe(0);
}, 60_000);
