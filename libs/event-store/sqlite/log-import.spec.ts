import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { copyByHand } from '../../../test/support/log-by-hand.ts';
import { newEvent, newEvents, newStream } from '../contract/new-events.ts';
import { all, comparable } from '../contract/opened-log.ts';
import type { RecordedEvent } from '../port.ts';
import { openSqliteEventStore, type SqliteEventStore } from './event-store.ts';
import { copySqliteLog, openSqliteLogImport, sqliteLogStandsAlone } from './log-import.ts';

let directory: string;
let from: string;
let to: string;
let store: SqliteEventStore;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'colloquy-import-'));
  from = join(directory, 'log.db');
  to = join(directory, 'copy.db');
  store = await openSqliteEventStore({ file: from });
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

const silent = (): void => undefined;

/** Events of three streams, some sealed, and all that the log then holds. */
async function fill(): Promise<readonly RecordedEvent[]> {
  const stream = newStream();
  await store.append(stream, [newEvent({ sealed: Uint8Array.of(1, 2, 3), causationId: 'k' })], 'no-stream');
  await store.append(newStream('größe'), newEvents(40), 'no-stream');
  await store.append(stream, newEvents(2), 0n);
  return all(store.readAll());
}

async function read(file: string): Promise<readonly RecordedEvent[]> {
  const copy = await openSqliteEventStore({ file, readOnly: true });
  try {
    return await all(copy.readAll());
  } finally {
    await copy.close();
  }
}

describe('a copy of the log’s file', () => {
  test('is the log as it stood at one moment, although others write meanwhile', async () => {
    await store.append(newStream(), newEvents(9_000), 'no-stream');
    const before = await all(store.readAll());
    const other = new Database(from);
    const steps: [number, number][] = [];
    await copySqliteLog(from, to, (done, whole) => {
      steps.push([done, whole]);
      const position = BigInt(before.length + steps.length);
      copyByHand(other, 1, { position, stream: 'x', revision: position });
    });
    other.close();
    expect((await read(to)).map(comparable)).toEqual(before.map(comparable));
    expect(await store.head()).toBe(BigInt(before.length + steps.length));
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.every(([done, whole]) => done <= whole && whole > 0)).toBe(true);
    expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1]);
  });

  test('is one file that its owner alone may read, and that opens where nobody may write', async () => {
    const events = await fill();
    await copySqliteLog(from, to, silent);
    expect(readdirSync(directory).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
    expect(statSync(to).mode & 0o777).toBe(0o600);
    chmodSync(to, 0o400);
    expect((await read(to)).map(comparable)).toEqual(events.map(comparable));
    expect(readdirSync(directory).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  });

  test('is never written over something', async () => {
    writeFileSync(to, 'a diary');
    await expect(copySqliteLog(from, to, silent)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(readFileSync(to, 'utf8')).toBe('a diary');
  });

  test('ends when it is told to, with the reason', async () => {
    await fill();
    const stop = new Error('stopped');
    const copied = copySqliteLog(from, to, () => {
      throw stop;
    });
    await expect(copied).rejects.toBe(stop);
  });

  test('is refused when an index of the log tells something else than its rows', async () => {
    await fill();
    await store.close();
    const db = new Database(from);
    db.unsafeMode();
    db.pragma('writable_schema = ON');
    db.exec("UPDATE sqlite_schema SET sql = replace(sql, 'events (stream, revision)', 'events (type, revision)')");
    db.close();
    await expect(copySqliteLog(from, to, silent)).rejects.toMatchObject({
      reason: 'corrupt',
      message: expect.stringContaining('copy.db: the event log is damaged inside'),
    });
  });
});

describe('a log that is filled with another one’s events', () => {
  test.each(['kept', 'new'] as const)('has each as it was (positions %s), and can be written to', async (positions) => {
    const events = await fill();
    const target = openSqliteLogImport({ file: to, positions });
    await target.add(events.slice(0, 7));
    await target.add(events.slice(7));
    await target.close();
    sqliteLogStandsAlone(to);
    expect((await read(to)).map(comparable)).toEqual(events.map(comparable));

    const copy = await openSqliteEventStore({ file: to });
    const next = await copy.append(newStream(), newEvents(1), 'no-stream');
    expect(next.position).toBe(BigInt(events.length + 1));
    await copy.close();
  });

  test('gives new positions where they had gaps, unless they are to be kept', async () => {
    const events = (await fill()).map((event) => ({ ...event, position: event.position * 1_000n }));
    const kept = openSqliteLogImport({ file: join(directory, 'kept.db'), positions: 'kept' });
    await expect(kept.add(events)).rejects.toMatchObject({ message: expect.stringContaining('position 1000') });
    await kept.close();
    expect(await read(join(directory, 'kept.db'))).toEqual([]);

    const target = openSqliteLogImport({ file: to, positions: 'new' });
    await target.add(events);
    await target.close();
    const due = events.map((event, index) => comparable({ ...event, position: BigInt(index + 1) }));
    expect((await read(to)).map(comparable)).toEqual(due);
  });

  test('takes a batch whole or not at all', async () => {
    const events = await fill();
    const target = openSqliteLogImport({ file: to, positions: 'new' });
    await target.add(events.slice(0, 5));
    await expect(target.add(events.slice(3, 9))).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await target.close();
    expect(await read(to)).toHaveLength(5);
  });
});
