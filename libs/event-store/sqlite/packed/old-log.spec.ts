import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { writeOldLog } from '../../../../test/support/first-version-log.ts';
import { copyByHand } from '../../../../test/support/log-by-hand.ts';
import { newEvents } from '../../contract/new-events.ts';
import { eventLine } from '../../line.ts';
import type { EventFilter, RecordedEvent } from '../../port.ts';
import { foreignIn } from '../database-file.ts';
import { openSqliteEventReader, openSqliteEventStore, type SqliteEventStore } from '../event-store.ts';
import { copySqliteLog } from '../log-import.ts';
import { EVENT_LOG } from '../schema.ts';

const COMMENT = 'fcef3826-f0f7-8e92-ae22-c2357d5c1f7d';
const OTHER = '01234567-89ab-8cde-8f01-23456789abcd';
const SEALED = Buffer.concat([
  Buffer.alloc(17, 2),
  Buffer.from('9c281250145488e098428e0044f1d8e2', 'hex'),
  Buffer.alloc(90, 7),
]);

const ENVELOPE = {
  recordedAt: '2026-11-26T12:42:41.417Z',
  occurredAt: '2026-11-26T12:42:41.413Z',
  actor: 'efe55273-28b8-8140-ae83-c6ff455dbfef',
  correlationId: 'efa5406a-febf-4bb9-92b5-4caa62b296a6',
  causationId: null,
};
const OLD: readonly RecordedEvent[] = [
  {
    ...ENVELOPE,
    id: '9c281250-1454-88e0-9842-8e0044f1d8e2',
    stream: `comment-${COMMENT}`,
    revision: 0n,
    position: 1n,
    type: 'CommentPosted.v1',
    data: { commentId: COMMENT, postId: OTHER, parentId: null, rootId: COMMENT, depth: 0, source: null },
    sealed: SEALED,
  },
  {
    ...ENVELOPE,
    id: '11111111-1454-88e0-9842-8e0044f1d8e2',
    stream: 'handle-linh',
    revision: 0n,
    position: 2n,
    type: 'NameReserved.v1',
    data: { name: 'linh', at: '2015-10-06' },
    sealed: null,
  },
];
/** As the first version exported and hashed it. */
const FIRST_LINE =
  '{"actor":"efe55273-28b8-8140-ae83-c6ff455dbfef","causationId":null,"correlationId":"efa5406a-febf-4bb9-92b5-4caa62b296a6","data":{"commentId":"fcef3826-f0f7-8e92-ae22-c2357d5c1f7d","depth":0,"parentId":null,"postId":"01234567-89ab-8cde-8f01-23456789abcd","rootId":"fcef3826-f0f7-8e92-ae22-c2357d5c1f7d","source":null},"id":"9c281250-1454-88e0-9842-8e0044f1d8e2","occurredAt":"2026-11-26T12:42:41.413Z","position":"1","recordedAt":"2026-11-26T12:42:41.417Z","revision":"0","sealed":"' +
  `${SEALED.toString('base64')}","stream":"comment-fcef3826-f0f7-8e92-ae22-c2357d5c1f7d","type":"CommentPosted.v1"}`;

let folder: string;
let file: string;
const open: Pick<SqliteEventStore, 'close'>[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-old-log-'));
  file = join(folder, 'log.db');
  writeOldLog(file, OLD);
});
afterEach(async () => {
  for (const log of open.splice(0)) await log.close();
  rmSync(folder, { recursive: true });
});

async function writing(): Promise<SqliteEventStore> {
  const log = await openSqliteEventStore({ file });
  open.push(log);
  return log;
}

async function linesIn(at: string, filter?: EventFilter): Promise<readonly string[]> {
  const log = openSqliteEventReader({ file: at });
  const lines: string[] = [];
  for await (const event of log.readAll(filter && { filter })) lines.push(eventLine(event));
  await log.close();
  return lines;
}

const inFile = <Result>(work: (db: Database.Database) => Result): Result => {
  const db = new Database(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
};

describe('a log of the first version', () => {
  it('is read as it is, and not changed by that', async () => {
    const before = readFileSync(file);
    expect(await linesIn(file)).toEqual(OLD.map(eventLine));
    expect((await linesIn(file))[0]).toBe(FIRST_LINE);
    expect(foreignIn(EVENT_LOG, file)).toEqual([]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('takes new rows after its own, which stay as they are, and is whole for SQLite and for the forum', async () => {
    const log = await writing();
    await log.append(`comment-${OTHER}`, newEvents(2), 'no-stream');
    await log.append('handle-ana', newEvents(1), 'no-stream');
    await log.close();
    expect((await linesIn(file)).slice(0, 2)).toEqual(OLD.map(eventLine));
    expect(foreignIn(EVENT_LOG, file)).toEqual([]);
    const found = inFile((db) => ({
      check: db.pragma('integrity_check', { simple: true }),
      old: db.prepare('SELECT data, body FROM events WHERE position = 2').get(),
      forms: db.prepare('SELECT typeof(stream) FROM events ORDER BY position').pluck().all(),
    }));
    expect(found).toEqual({
      check: 'ok',
      old: { data: '{"name":"linh","at":"2015-10-06"}', body: null },
      forms: ['text', 'text', 'blob', 'blob', 'text'],
    });
    const copy = join(folder, 'copy.db');
    await copySqliteLog(file, copy, () => undefined);
    expect(await linesIn(copy)).toEqual(await linesIn(file));
  });

  it('goes on with its streams, and knows a repeat and a conflict in them', async () => {
    const log = await writing();
    const stream = `comment-${COMMENT}`;
    const [first] = OLD;
    if (first === undefined) throw new Error('there is no event');
    expect(await log.append(stream, [first], 'no-stream')).toEqual({ position: 1n, revision: 0n, repeated: true });
    await expect(log.append(stream, newEvents(1), 'no-stream')).rejects.toMatchObject({ actual: 0n });
    await expect(log.append(stream, newEvents(1), 1n)).rejects.toMatchObject({ actual: 0n });
    const added = newEvents(1);
    expect(await log.append(stream, added, 0n)).toEqual({ position: 3n, revision: 1n, repeated: false });
    await expect(log.append(stream, newEvents(1), 0n)).rejects.toMatchObject({ actual: 1n });
    const ids: string[] = [];
    for await (const { id } of log.readStream(stream)) ids.push(id);
    expect(ids).toEqual([first.id, added[0]?.id]);
  });

  it('is filtered by type and stream among old rows and new ones', async () => {
    const log = await writing();
    inFile((db) => copyByHand(db, 1, { position: 3n, stream: `comment-${OTHER}` }));
    const positions = async (filter: EventFilter): Promise<readonly bigint[]> => {
      const found: bigint[] = [];
      for await (const { position } of log.readAll({ filter })) found.push(position);
      for await (const { position } of log.readAll({ filter, direction: 'backwards' })) found.push(position);
      return found;
    };
    expect(await positions({ types: ['CommentPosted.v1'] })).toEqual([1n, 3n, 3n, 1n]);
    for (const prefix of ['comment-', 'comm', '']) {
      const all = prefix === '' ? [1n, 2n, 3n, 3n, 2n, 1n] : [1n, 3n, 3n, 1n];
      expect(await positions({ streamPrefixes: [prefix] })).toEqual(all);
    }
    expect(await positions({ streamPrefixes: ['comment-01234567-89a'] })).toEqual([3n, 3n]);
    expect(await positions({ streamPrefixes: [`comment-${COMMENT}`] })).toEqual([1n, 1n]);
    expect(await positions({ streamPrefixes: ['comment-01234567-8a', `comment-${OTHER}-`, 'x'] })).toEqual([]);
  });

  it('stays as it was when it could not be made ready to the end', async () => {
    const copy = join(folder, 'before.db');
    copyFileSync(file, copy);
    inFile((db) => {
      const upgrade = db.transaction(() => {
        EVENT_LOG.upgrade?.(db);
        throw new Error('the power is gone');
      });
      expect(upgrade).toThrow('the power is gone');
    });
    expect(await linesIn(file)).toEqual(OLD.map(eventLine));
    expect(inFile((db) => db.pragma('user_version', { simple: true }))).toBe(1);
    const schema = 'SELECT sql FROM sqlite_schema ORDER BY name';
    const [after, before] = [file, copy].map((at) => new Database(at, { readonly: true }));
    expect(after?.prepare(schema).all()).toEqual(before?.prepare(schema).all());
    after?.close();
    before?.close();
    await (await writing()).append('handle-ana', newEvents(1), 'no-stream');
    expect(await linesIn(file)).toHaveLength(3);
  });
});

it('a new log that has lost the explanation of its numbers says so, and shows no other event', async () => {
  const log = join(folder, 'new.db');
  const store = await openSqliteEventStore({ file: log });
  await store.append(`comment-${OTHER}`, newEvents(2), 'no-stream');
  await store.append(`comment-${COMMENT}`, newEvents(1), 'no-stream');
  await store.close();
  const db = new Database(log);
  db.exec('DELETE FROM names WHERE kind = 3');
  db.close();
  await expect(linesIn(log)).rejects.toThrow('damaged');
});
