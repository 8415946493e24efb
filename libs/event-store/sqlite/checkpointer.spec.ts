import { mkdtempSync, rmSync, statSync } from 'node:fs';
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
    if (look === 1_000) throw new Error('nothing was moved');
    await pause(10);
  }
}

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
