import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { newEvent } from '../contract/new-events.ts';
import { openSqliteEventReader, openSqliteEventStore } from './event-store.ts';

const EVENTS = 40;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-single-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(dir, { recursive: true });
});

test('events that are read one by one prepare nothing for each', async () => {
  const prepare = jest.spyOn(Database.prototype, 'prepare');
  const file = join(dir, 'log.db');
  const store = await openSqliteEventStore({ file });
  for (let at = 1; at <= EVENTS; at += 1) await store.append(`comment-${at}`, [newEvent({})], 'no-stream');
  await store.close();
  const log = openSqliteEventReader({ file });
  const streamAt = async (from: bigint): Promise<string[]> => {
    const streams: string[] = [];
    for await (const { stream } of log.readAll({ from, limit: 1 })) streams.push(stream);
    return streams;
  };
  expect(await streamAt(1n)).toEqual(['comment-1']);
  const before = prepare.mock.calls.length;
  for (let at = 2n; at <= EVENTS; at += 1n) expect(await streamAt(at)).toEqual([`comment-${at}`]);
  expect(prepare.mock.calls.length - before).toBe(0);
  await log.close();
});
