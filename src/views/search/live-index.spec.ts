import { expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { keptWords } from '../../../libs/search/index.ts';
import { type Entry, type SearchItem, searchEntryOf } from './entry-words.ts';
import { fillIndex, LiveIndex } from './live-index.ts';
import { packed } from './packed-words.ts';
import { SEARCH_SCHEMA } from './search.schema.ts';

it('an index that was filled has one part, and goes on in the usual way', () => {
  const db = new Database(':memory:');
  db.exec(SEARCH_SCHEMA);
  const add = db.prepare('INSERT INTO entry (rowid, words) VALUES (?, ?)');
  for (const n of [1n, 2n, 3n]) add.run(n, 'tea');
  db.exec('INSERT INTO post (n, id) VALUES (1, randomblob(16))');
  const item = db.prepare(`
    INSERT INTO item (n, id, kind, post, shown, title, body, names) VALUES (?, randomblob(16), 1, 1, 1, '', ?, '')`);
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

it('lists a long word again that left with its last text, and came back with another', () => {
  const db = new Database(':memory:');
  db.exec(SEARCH_SCHEMA);
  const index = new LiveIndex(db);
  const listed = db.prepare('SELECT term FROM word ORDER BY term').pluck();
  const [one, other] = [entry(1n, 'the harbour office'), entry(2n, 'our harbour')];

  index.add(1n, one);
  index.add(2n, other);
  index.remove(1n, one);
  index.flush();
  expect(listed.all()).toEqual(['harbour']);
  index.remove(2n, other);
  index.flush();
  expect(listed.all()).toEqual([]);
  index.add(1n, one);
  expect(listed.all()).toEqual(['harbour', 'office']);
  db.close();
});

it('makes the same entry of the words that somebody still has, and of those that were packed', () => {
  const words = keptWords('Về nước ທີ່ນີ້ again and again, the **harbour**');
  expect(searchEntryOf(item(1n, words), words)).toEqual(searchEntryOf(item(1n, words)));
});

function entry(n: bigint, text: string): Entry {
  return searchEntryOf(item(n, keptWords(text)));
}

function item(n: bigint, words: string): SearchItem {
  const id = Buffer.alloc(16, Number(n));
  return { n, id, kind: 1n, post: id, author: null, shown: 1n, title: '', body: packed(words), names: '' };
}
