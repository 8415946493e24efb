import { expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { queuePage } from './queue.reads.ts';
import { QUEUE_SCHEMA } from './queue.schema.ts';

function queueOf(entered: readonly number[]) {
  const db = new Database(':memory:');
  db.exec(QUEUE_SCHEMA);
  const add = db.prepare('INSERT INTO item (comment, post, list, score, since, entered) VALUES (?, ?, 0, 500, 0, ?)');
  for (const at of entered) add.run(Buffer.from([at]), Buffer.from([0]), at);
  return db;
}

test('what waits longest stands first, however many digits its place has, on the first page and the next', () => {
  const db = queueOf([100, 9, 10, 2]);
  const first = queuePage(db, { list: 'reported', limit: 2, cursor: null, of: null });
  const second = queuePage(db, { list: 'reported', limit: 2, cursor: first.next, of: null });
  expect([...first.rows, ...second.rows].map(({ entered }) => entered)).toEqual(['2', '9', '10', '100']);
  expect(second.next).toBeNull();
});
