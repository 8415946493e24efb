import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { newEvents } from '../contract/new-events.ts';
import { openSqliteEventStore, type SqliteEventStore } from './event-store.ts';
import { LIST_POSITIONS, listedPositions } from './listed-positions.ts';
import { RowForm } from './packed/row-form.ts';

const folder = mkdtempSync(join(tmpdir(), 'colloquy-listed-'));
const file = join(folder, 'log.db');
let store: SqliteEventStore;
let db: Database.Database;

beforeAll(async () => {
  store = await openSqliteEventStore({ file });
  const streams = [
    'key-1',
    'comment-1',
    'key',
    'key-',
    'key.',
    'kex-\u{10ffff}',
    'key-\u{10ffff}z',
    'k\ud7ff',
    'KEY-1',
  ];
  for (const stream of streams) await store.append(stream, newEvents(2), 'no-stream');
  db = new Database(file, { readonly: true });
});
afterAll(async () => {
  db.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const listed = (prefixes: readonly string[], most?: number) =>
  listedPositions({ db, form: new RowForm(db) }, { streamPrefixes: prefixes }, most)?.map(Number) ?? null;

describe('the positions of streams that begin so', () => {
  it('are found without looking at any row of the log', () => {
    const plan = db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${LIST_POSITIONS}`)
      .all('key-', 'key.', 1);
    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH events USING COVERING INDEX events_by_stream (stream>? AND stream<?)',
    ]);
  });

  it('are all of them, in order, and those of no other stream', () => {
    expect(listed(['key-'])).toEqual([1, 2, 7, 8, 13, 14]);
    expect(listed(['key', 'comment-', 'key-'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14]);
    expect(listed(['nothing-'])).toEqual([]);
  });

  it('are not listed where they are many, where everything passes, or where no text comes after', () => {
    expect(listed(['key-'], 6)).toEqual([1, 2, 7, 8, 13, 14]);
    expect(listed(['key-'], 5)).toBeNull();
    expect(listed(['key-1', 'comment-', 'key-'], 7)).toBeNull();
    expect([listed([]), listed(['']), listed(['kex-\u{10ffff}']), listed(['k\ud7ff'])]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(listedPositions({ db, form: new RowForm(db) }, undefined)).toBeNull();
  });
});
