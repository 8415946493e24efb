import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { newEvent, newEvents, newStream } from '../contract/new-events.ts';
import { all } from '../contract/opened-log.ts';
import { newCommitSignal } from './commit-signal.ts';
import { openSqliteEventReader, openSqliteEventStore } from './event-store.ts';
import { Writer } from './writer.ts';

const BIG = { text: 'x'.repeat(200_000) };

jest.setTimeout(60_000);

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'colloquy-faults-'));
  file = join(directory, 'log.db');
});

afterEach(() => rm(directory, { recursive: true }));

describe('a full disk', () => {
  test('refuses the appends that found no room, keeps the rest, and goes on', async () => {
    const store = await openSqliteEventStore({ file, maxPages: 400 });
    const kept = await store.append(newStream(), newEvents(3), 'no-stream');
    const appends = Array.from({ length: 20 }, () => store.append(newStream(), [newEvent({ data: BIG })], 'no-stream'));
    for (const result of await Promise.allSettled(appends)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable', reason: 'disk-full' } });
    }
    expect(await store.head()).toBe(kept.position);

    const after = await store.append(newStream(), newEvents(1), 'no-stream');
    expect(after.position).toBe(kept.position + 1n);
    await store.close();
    const reopened = await openSqliteEventStore({ file });
    expect(await all(reopened.readAll())).toHaveLength(4);
    await reopened.append(newStream(), [newEvent({ data: BIG })], 'no-stream');
    await reopened.close();
  });
});

describe('a file with something that the forum did not make', () => {
  test.each([
    ['trigger sly on events', "CREATE TRIGGER sly AFTER INSERT ON events BEGIN UPDATE events SET body = x'01'; END"],
    ['trigger sqlite_sly on events', 'CREATE TRIGGER later AFTER INSERT ON events BEGIN SELECT 1; END', 'later'],
    ['table more', 'CREATE TABLE more (one)'],
    ['index more on events', 'CREATE INDEX more ON events (type)'],
    ['view events', 'ALTER TABLE events RENAME TO kept; CREATE VIEW events AS SELECT * FROM kept'],
    ['index events_by_id is missing', 'DROP INDEX events_by_id'],
  ])('%s is not written to, and can be read', async (says, statements, renamed = '') => {
    await fillAndClose();
    const db = new Database(file);
    db.exec(statements);
    if (renamed !== '') {
      db.unsafeMode().pragma('writable_schema = ON');
      db.prepare(
        "UPDATE sqlite_schema SET name = 'sqlite_sly', sql = replace(sql, 'later', 'sqlite_sly') WHERE name = ?",
      ).run(renamed);
    }
    db.close();
    const refusal = await openSqliteEventStore({ file }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ reason: 'corrupt', message: expect.stringContaining(says) });
    const reader = openSqliteEventReader({ file });
    expect(await reader.head()).toBeGreaterThan(0n);
    await reader.close();
  });
});

describe('a file that cannot be used', () => {
  const damages: [string, (path: string) => Promise<void>][] = [
    ['cut in the middle', (path) => cut(path, 0.5)],
    ['cut by its last page', async (path) => cut(path, 1 - 4_096 / (await stat(path)).size)],
    ['cut to some bytes', (path) => cut(path, 0.00001)],
    ['with another beginning', (path) => overwrite(path, 0, 'no database at all')],
    ['with zeros for its newest pages', async (path) => zero(path, 0.7)],
    ['that is a text', (path) => writeFile(path, 'Dear diary,\n'.repeat(1_000))],
    ['of another program', (path) => foreign(path, 'application_id = 7')],
    ['with tables but no name', (path) => foreign(path, 'user_version = 1')],
  ];

  test.each(damages)('%s is refused, with what to do', async (_, damage) => {
    await fillAndClose();
    await damage(file);
    const refusal = {
      name: 'StoreUnavailable',
      reason: 'corrupt',
      message: expect.stringMatching(/log\.db.*restore the newest backup/s),
    };
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject(refusal);
    expect(() => openSqliteEventReader({ file })).toThrow(expect.objectContaining(refusal));
  });

  test('of a newer version is refused', async () => {
    await fillAndClose();
    alter('user_version = 99');
    const refusal = { reason: 'unsupported', message: expect.stringContaining('newer Colloquy (format 99') };
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject(refusal);
  });

  test('that is not there is refused to a reader, and not made', async () => {
    expect(() => openSqliteEventReader({ file })).toThrow(expect.objectContaining({ name: 'StoreUnavailable' }));
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('in a place that is no directory is refused', async () => {
    await writeFile(join(directory, 'plain'), '');
    const inside = join(directory, 'plain', 'log.db');
    await expect(openSqliteEventStore({ file: inside })).rejects.toMatchObject({
      name: 'StoreUnavailable',
      reason: 'io',
    });
  });
});

describe('a lock of another process', () => {
  test('refuses appends after the wait, and lets them through once it is gone', async () => {
    const store = await openSqliteEventStore({ file, busyTimeoutMs: 50 });
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.append(newStream(), newEvents(1), 'no-stream')).rejects.toMatchObject({ reason: 'locked' });
    other.exec('ROLLBACK');
    expect(await store.append(newStream(), newEvents(1), 'no-stream')).toMatchObject({ position: 1n });
    other.close();
    await store.close();
  });

  test('at the start is told as such', async () => {
    await fillAndClose();
    const other = new Database(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE; COMMIT');
    const refusal = { reason: 'locked', message: expect.stringContaining('another process') };
    await expect(openSqliteEventStore({ file, busyTimeoutMs: 50 })).rejects.toMatchObject(refusal);
    other.close();
  });
});

describe('a log opened for reading alone', () => {
  test('gives what is there and refuses appends', async () => {
    await fillAndClose();
    const store = await openSqliteEventStore({ file, readOnly: true });
    expect(await store.head()).toBe(3_000n);
    await expect(store.append(newStream(), newEvents(1), 'no-stream')).rejects.toMatchObject({ reason: 'unsupported' });
    await store.close();
  });
});

describe('a writer whose thread dies', () => {
  test.each([
    ['with an error', 'throw new Error("out of luck")'],
    ['without a word', 'process.exit(0)'],
  ])('%s rejects what waits and what comes', async (_, end) => {
    const program = `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => { ${end} });
      parentPort.postMessage({ kind: 'ready' });`;
    const data = { file, busyTimeoutMs: 50, maxPages: undefined, signal: newCommitSignal() };
    const writer = await Writer.start(data, {
      program: new URL(`data:text/javascript,${encodeURIComponent(program)}`),
    });
    const gone = { name: 'StoreUnavailable', reason: 'io', message: expect.stringContaining('has ended') };
    const waiting = Array.from({ length: 3 }, () => writer.append(newStream(), newEvents(1), 'no-stream'));
    for (const result of await Promise.allSettled(waiting))
      expect(result).toMatchObject({ status: 'rejected', reason: gone });
    await expect(writer.append(newStream(), newEvents(1), 'no-stream')).rejects.toMatchObject(gone);
    expect(writer.failure).toMatchObject(gone);
    await writer.close();
  });
});

test('a writer whose thread does not start is told as such', async () => {
  const data = { file, busyTimeoutMs: 50, maxPages: undefined, signal: newCommitSignal() };
  for (const program of ['', 'throw new Error("out of luck")']) {
    const parts = { program: new URL(`data:text/javascript,${encodeURIComponent(program)}`) };
    await expect(Writer.start(data, parts)).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'io' });
  }
});

async function fillAndClose(): Promise<void> {
  const store = await openSqliteEventStore({ file });
  await Promise.all(Array.from({ length: 1_000 }, () => store.append(newStream(), newEvents(3), 'no-stream')));
  await store.close();
}

function alter(pragma: string): void {
  const db = new Database(file);
  db.pragma(pragma);
  db.close();
}

async function foreign(path: string, pragma: string): Promise<void> {
  await rm(path);
  const db = new Database(path);
  db.pragma(pragma);
  db.exec('CREATE TABLE recipes (name TEXT)');
  db.close();
}

async function cut(path: string, part: number): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.truncate(Math.floor((await handle.stat()).size * part));
  await handle.close();
}

async function zero(path: string, from: number): Promise<void> {
  const { size } = await stat(path);
  const start = Math.floor((size * from) / 4_096) * 4_096;
  await overwrite(path, start, '\0'.repeat(size - start));
}

async function overwrite(path: string, at: number, text: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.write(text, at);
  await handle.close();
}
