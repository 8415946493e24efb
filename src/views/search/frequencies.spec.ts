import { expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { textsWith } from './frequencies.ts';
import { SEARCH_SCHEMA } from './search.schema.ts';

it('the frequency of a word is told by its newest texts, and is small for one that few or none have', () => {
  const db = new Database(':memory:');
  db.exec(SEARCH_SCHEMA);
  const add = db.prepare('INSERT INTO entry (rowid, words) VALUES (?, ?)');
  db.transaction(() => {
    for (let n = 1; n <= 10_000; n += 1) add.run(BigInt(n), n % 20 === 0 ? 'river' : n === 5 ? 'rare' : 'street');
  })();
  const span = { oldest: 1n, newest: 10_000n };
  expect(textsWith(db, 'street', span)).toBeGreaterThan(9_000);
  expect(textsWith(db, 'river', span)).toBeGreaterThan(440);
  expect(textsWith(db, 'river', span)).toBeLessThan(560);
  for (const word of ['rare', 'none']) expect(textsWith(db, word, span)).toBeLessThanOrEqual(64);
  db.transaction(() => {
    for (let n = 10_001; n <= 20_000; n += 1) add.run(BigInt(n), 'rare');
  })();
  const later = { oldest: 1n, newest: 20_000n };
  expect(textsWith(db, 'rare', later, performance.now() + 61_000)).toBeGreaterThan(9_000);
  db.close();
});
