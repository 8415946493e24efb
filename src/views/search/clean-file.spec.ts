import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { CleanFile, type Taken } from './clean-file.ts';
import { type SearchItem, searchEntryOf } from './entry-words.ts';
import { LiveIndex } from './live-index.ts';
import { packed } from './packed-words.ts';
import { SEARCH_SCHEMA } from './search.schema.ts';
import { searchView } from './search.view.ts';

const ITEMS = 20_000;
const POST = Buffer.alloc(16, 1);
const POST_NUMBER = 1;

/** Numbers out of order, as those of an imported blog, so that pages are split. */
function itemAt(at: number): SearchItem {
  const id = Buffer.alloc(16);
  id.writeUInt32BE(at, 0);
  id.writeUInt32BE((at * 2_654_435_761) % 4_294_967_296, 4);
  const n = BigInt((at * 7_919) % 1_000_003) * 1_024n + BigInt(at % 1_000);
  const body = packed(`usual words here zq${at}q ${'filler '.repeat(at % 40)}`);
  return { n, id, kind: 1n, post: POST, author: null, shown: 1n, title: '', body, names: '' };
}

it('leaves no erased word in the file, however its pages were split', () => {
  const dir = mkdtempSync(join(tmpdir(), 'colloquy-clean-'));
  const db = new Database(join(dir, 'search.db'));
  db.pragma('journal_mode = WAL');
  db.exec(SEARCH_SCHEMA);
  let taken: Taken = 'nothing';
  const clean = new CleanFile(db, () => taken);
  const add = db.prepare(`
    INSERT INTO item (n, id, kind, post, author, shown, title, body, names)
    VALUES (@n, @id, @kind, ${POST_NUMBER}, @author, @shown, @title, @body, @names)`);
  const index = new LiveIndex(db);
  for (let from = 0; from < ITEMS; from += 20) {
    db.transaction(() => {
      for (let at = from; at < from + 20; at += 1) {
        const item = itemAt(at);
        add.run(item);
        index.add(item.n, searchEntryOf(item));
      }
    })();
  }
  const gone: string[] = [];
  const empty = db.prepare('UPDATE item SET shown = 0, body = NULL WHERE n = ?');
  for (let at = 5; at < ITEMS; at += 100) {
    const item = itemAt(at);
    index.remove(item.n, searchEntryOf(item));
    empty.run(item.n);
    gone.push(`zq${at}q`, item.body?.toString('latin1') ?? '');
  }
  index.flush();
  taken = 'erased words';
  expect(clean.settle()).toBe(false);
  taken = 'nothing';
  expect(clean.settle()).toBe(true);
  const bytes = readFileSync(join(dir, 'search.db')).toString('latin1');
  expect(gone.filter((word) => bytes.includes(word))).toEqual([]);
  expect(bytes).toContain('zq6q');
  db.close();
  rmSync(dir, { recursive: true });
});

it('gives pages that got free back to the disk once nothing is written any more', () => {
  const dir = mkdtempSync(join(tmpdir(), 'colloquy-clean-'));
  const db = openViewForWriting(join(dir, 'search.db'), searchView);
  const clean = new CleanFile(db, () => 'nothing');
  const index = new LiveIndex(db);
  const pages = (which: string): unknown => db.pragma(which, { simple: true });
  for (let at = 0; at < 4_000; at += 1) index.add(BigInt(at), searchEntryOf(itemAt(at)));
  db.exec("INSERT INTO entry (entry) VALUES ('optimize')");
  const [all, free] = [Number(pages('page_count')), Number(pages('freelist_count'))];
  expect(free).toBeGreaterThan(all / 10);

  expect(clean.settle()).toBe(false);
  expect(pages('page_count')).toBe(all);
  for (let calls = 0; !clean.settle(); calls += 1) expect(calls).toBeLessThan(all);
  expect(pages('freelist_count')).toBe(0);
  expect(Number(pages('page_count'))).toBeLessThanOrEqual(all - free);
  expect(pages('integrity_check')).toBe('ok');
  expect(db.prepare("SELECT count(*) FROM entry WHERE entry MATCH 'words'").pluck().get()).toBe(4_000);
  db.close();
  rmSync(dir, { recursive: true });
});
