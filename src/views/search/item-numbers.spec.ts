import { expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { ItemNumbers } from './item-numbers.ts';

const SECOND = Date.parse('2026-03-01T10:00:00Z');

/** The numbers that what is written at these milliseconds gets; `opened` gives what gives the next one. */
function given(
  times: readonly number[],
  opened: (numbers: ItemNumbers, db: Database.Database) => ItemNumbers,
): bigint[] {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE item (n INTEGER PRIMARY KEY)');
  const add = db.prepare('INSERT INTO item (n) VALUES (?)');
  let numbers = new ItemNumbers(db);
  const all = times.map((time) => {
    numbers = opened(numbers, db);
    const n = numbers.next(SECOND + time);
    add.run(n);
    return n;
  });
  db.close();
  return all;
}

test('a number is the same whether the one before is remembered or not', () => {
  const burst = Array.from({ length: 300 }, (_, at) => at * 7);
  const imported = [500, 5_500, 500, 500, 1_500, 500, 31_000, ...Array.from({ length: 80 }, () => 1_500), 500, 500];
  for (const times of [burst, imported, [...burst, ...imported]]) {
    const anew = given(times, (_, db) => new ItemNumbers(db));
    expect(given(times, (numbers) => numbers)).toEqual(anew);
    expect(new Set(anew).size).toBe(times.length);
  }
});
