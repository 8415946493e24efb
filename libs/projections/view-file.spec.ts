import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type Database from 'better-sqlite3';
import type { ViewDefinition } from './port.ts';
import { openForBuilding, openViewForWriting } from './view-file.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-pages-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const usual: ViewDefinition = {
  name: 'usual',
  version: 1,
  eventTypes: [],
  schema: 'CREATE TABLE one (n INTEGER PRIMARY KEY, text TEXT); CREATE TABLE two (n INTEGER PRIMARY KEY);',
  indexes: 'CREATE INDEX IF NOT EXISTS one_text ON one (text);',
  digestQueries: [],
  open: () => () => undefined,
};
const small: ViewDefinition = { ...usual, isSmall: true };
const bytes = (name: string): number => statSync(join(dir, name)).size;

/** A long text too, which no page holds. */
function close(db: Database.Database): void {
  db.prepare('INSERT INTO one (text) VALUES (?)').run('long '.repeat(1_000));
  db.close();
}

it('what is committed is moved into a live file a few times among thousands of commits', () => {
  const db = openViewForWriting(join(dir, 'live'), usual);
  db.pragma('synchronous = OFF');
  const add = db.prepare('INSERT INTO one (text) VALUES (?)');
  const grown = [1_500, 3_000].map((commits) => {
    for (let n = 0; n < commits; n += 1) add.run('a');
    return bytes('live-wal');
  });
  db.close();
  const frame = 4_096 + 24;
  expect(grown[0]).toBeGreaterThan(2_000 * frame);
  expect(grown[1]).toBeLessThan(4_100 * frame);
});

it('a new file of a small view has small pages, live or built, and a file that is there keeps its own', () => {
  for (const [name, definition] of Object.entries({ usual, small })) {
    close(openViewForWriting(join(dir, `${name}.live`), definition));
    close(openForBuilding(join(dir, `${name}.built`), definition));
  }
  expect(bytes('small.live')).toBeLessThan(bytes('usual.live') - 9_000);
  expect(bytes('small.built')).toBeLessThan(bytes('usual.built') - 6_000);

  const before = openViewForWriting(join(dir, 'usual.live'), small);
  expect(before.pragma('page_size', { simple: true })).toBe(4_096);
  expect(before.pragma('integrity_check', { simple: true })).toBe('ok');
  before.close();
});
