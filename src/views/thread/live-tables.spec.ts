import { afterEach, beforeEach, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { idOf } from '../../../test/views/small-forum.ts';
import { LiveTables } from './live-tables.ts';
import { THREAD_INDEXES, THREAD_SCHEMA } from './thread.schema.ts';

const COMMENTS = 10_000;

let db: Database.Database;

beforeEach(() => {
  db = new Database(':memory:');
  db.exec(THREAD_SCHEMA);
  db.exec(THREAD_INDEXES);
});

afterEach(() => {
  db.close();
});

function post(tables: LiveTables, n: number): void {
  const comment = { commentId: idOf('comment', n), authorId: null, author: null, depth: 0, post: 1, n: BigInt(n) };
  tables.add({ ...comment, at: n, revision: 0n, sealed: null, language: null }, null);
}

/** The bytes that stay in memory with the parts of a place: a short Buffer is cut from a run that others are cut from too. */
function bytesKept(place: object): number {
  const parts: readonly unknown[] = Object.values(place);
  return parts.reduce<number>((sum, part) => sum + (ArrayBuffer.isView(part) ? part.buffer.byteLength : 0), 0);
}

it('a comment that was posted a short time ago keeps no run of other bytes, and an older one is found as it was', () => {
  const tables = new LiveTables(db);
  post(tables, 1);
  const first = tables.place(idOf('comment', 1));
  expect(bytesKept(first)).toBe(0);

  db.transaction(() => {
    for (let n = 2; n <= COMMENTS; n += 1) post(tables, n);
  })();

  const found = tables.place(idOf('comment', 1));
  expect(found).toEqual(first);
  expect(bytesKept(found)).toBe(0);
});
