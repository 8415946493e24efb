import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { BulkInsert } from './bulk-insert.ts';

describe('rows that are inserted many at once', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    db.exec('CREATE TABLE seen (at INTEGER PRIMARY KEY, what TEXT, bytes BLOB)');
  });
  afterEach(() => void db.close());
  const rows = (): unknown[] => db.prepare('SELECT at, what, bytes FROM seen').raw().all();
  const row = (at: number): readonly unknown[] => [at, at % 3 === 0 ? null : `row ${at}`, Buffer.of(at % 256)];

  it.each([0, 1, 31, 32, 33, 100])('are all there after the flush, in their order: %i', (count) => {
    const insert = new BulkInsert(db, 'seen', ['at', 'what', 'bytes']);
    const added = Array.from({ length: count }, (_, at) => row(at));
    for (const values of added) insert.add(values);
    expect(rows()).toHaveLength(count - insert.waiting);
    insert.flush();
    insert.flush();

    expect(rows()).toEqual(added);
    expect(insert.waiting).toBe(0);
  });

  it('are refused when they are not as wide as the table', () => {
    const insert = new BulkInsert(db, 'seen', ['at', 'what', 'bytes']);
    expect(() => insert.add([1, 'x'])).toThrow(new RangeError('2 values for 3 columns'));
    expect(() => insert.add([1, 'x', null, 2])).toThrow(new RangeError('4 values for 3 columns'));
    insert.flush();
    expect(rows()).toEqual([]);
  });
});
