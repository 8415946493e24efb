import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { foundPlaces } from './found-post.ts';

const ID = 'ab'.repeat(16);
let dir: string;
let writer: Database.Database;
let reader: Database.Database;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'found-post-'));
  writer = new Database(join(dir, 'posts.db'));
  writer.pragma('journal_mode = WAL');
  writer.exec(`CREATE TABLE post (id BLOB, slug TEXT, title TEXT, url TEXT, author BLOB, byline TEXT,
    withdrawn INTEGER DEFAULT 0, publish_at INTEGER, body TEXT, locale TEXT)`);
  writer
    .prepare(`INSERT INTO post (id, slug, title, publish_at, locale) VALUES (?, 'rice', 'Rice', 1000, 'en')`)
    .run(Buffer.from(ID, 'hex'));
  reader = new Database(join(dir, 'posts.db'), { readonly: true });
});

afterEach(() => {
  reader.close();
  writer.close();
  rmSync(dir, { recursive: true });
});

const placeAt = (now: number): unknown => foundPlaces({ db: () => reader }, now)(ID);
const RICE = { id: 'abababab-abab-abab-abab-abababababab', slug: 'rice', title: 'Rice', locale: 'en' };

it('the place of a post is the present one, though it was read before', () => {
  expect(placeAt(2_000)).toEqual(RICE);
  writer.exec("UPDATE post SET title = 'Rice and peace', url = 'https://blog.example/rice'");
  expect(placeAt(2_000)).toEqual({ ...RICE, title: 'Rice and peace', url: 'https://blog.example/rice' });
});

it('a post has no place before it comes out, by the clock, nor once it is withdrawn', () => {
  expect(placeAt(2_000)).toEqual(RICE);
  expect(placeAt(999)).toBeNull();
  expect(placeAt(1_000)).toEqual(RICE);
  writer.exec('UPDATE post SET withdrawn = 1');
  expect(placeAt(2_000)).toBeNull();
});

it('what is no post has no place, until it is one', () => {
  const other = 'cd'.repeat(16);
  const place = (): unknown => foundPlaces({ db: () => reader }, 2_000)(other);
  expect(place()).toBeNull();
  writer.prepare('UPDATE post SET id = ?').run(Buffer.from(other, 'hex'));
  expect(place()).toMatchObject({ slug: 'rice' });
});
