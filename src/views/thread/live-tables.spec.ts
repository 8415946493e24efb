import { afterEach, beforeEach, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { keptBytes } from '../../../test/support/memory.ts';
import { idOf } from '../../../test/views/small-forum.ts';
import { LiveTables } from './live-tables.ts';
import { THREAD_INDEXES, THREAD_SCHEMA } from './thread.schema.ts';

const COMMENTS = 20_000;
/** What stands in the run of memory that a short Buffer is cut from. */
const BESIDE = 500;

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
  tables.add({ ...comment, at: n, revision: 0n, sealed: null }, null);
  Buffer.allocUnsafe(BESIDE);
}

it('comments that were posted a short time ago take little memory, and older ones are found all the same', () => {
  const tables = new LiveTables(db);
  post(tables, 1);
  const first = tables.place(idOf('comment', 1));
  const before = keptBytes();

  db.transaction(() => {
    for (let n = 2; n <= COMMENTS; n += 1) post(tables, n);
  })();

  expect(keptBytes() - before).toBeLessThan(6_000_000);
  expect(tables.place(idOf('comment', 1))).toEqual(first);
});
