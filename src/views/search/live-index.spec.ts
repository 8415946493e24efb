import { expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { keptWords } from '../../../libs/search/index.ts';
import { fillIndex } from './live-index.ts';
import { packed } from './packed-words.ts';
import { SEARCH_SCHEMA } from './search.schema.ts';

it('an index that was filled has one part, and goes on in the usual way', () => {
  const db = new Database(':memory:');
  db.exec(SEARCH_SCHEMA);
  const add = db.prepare('INSERT INTO entry (rowid, words) VALUES (?, ?)');
  for (const n of [1n, 2n, 3n]) add.run(n, 'tea');
  const item = db.prepare(`
    INSERT INTO item (n, id, kind, post, shown, title, body, names) VALUES (?, randomblob(16), 1, x'', 1, '', ?, '')`);
  for (let n = 4n; n < 40n; n += 1n) item.run(n, packed(keptWords('green tea')));
  const parts = db.prepare('SELECT count(DISTINCT segid) FROM entry_idx').pluck();
  expect(parts.get()).toBe(3);

  const done = [...fillIndex(db)];

  expect(done.at(-1)).toBe(1);
  expect(parts.get()).toBe(1);
  expect(db.prepare(`SELECT count(*) FROM entry WHERE entry MATCH 'tea'`).pluck().get()).toBe(39);
  const set = db.prepare(`SELECT v FROM entry_config WHERE k = ?`).pluck();
  expect(['automerge', 'crisismerge', 'hashsize'].map((name) => set.get(name))).toEqual([4, 16, 1_048_576]);
  db.close();
});
