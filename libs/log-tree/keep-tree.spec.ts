import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { changeByHand } from '../../test/support/log-by-hand.ts';
import { newEvents, newStream } from '../event-store/contract/new-events.ts';
import { openSqliteEventReader, openSqliteEventStore } from '../event-store/index.ts';
import { Hurry } from './follow-log.ts';
import { Doubts, keepTree } from './keep-tree.ts';
import type { FromTree, KnownTree } from './messages.ts';

let dir: string;
let log: string;
let tree: string;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-keep-tree-'));
  [log, tree] = [join(dir, 'log.db'), join(dir, 'tree')];
  const store = await openSqliteEventStore({ file: log });
  await store.append(newStream(), newEvents(34), 'no-stream');
  await store.close();
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Keeps the tree until log and tree were compared once, or are found to differ. */
async function keep(doubts = new Doubts(), known?: KnownTree): Promise<readonly FromTree[]> {
  const reader = openSqliteEventReader({ file: log });
  const [told, end, hurry]: [FromTree[], AbortController, Hurry] = [[], new AbortController(), new Hurry()];
  const tell = (message: FromTree): void => {
    told.push(message);
    if (message.kind === 'compared') end.abort();
    hurry.ask();
  };
  await keepTree({ dir: tree, log: reader, whole: true, tell, hurry, doubts, known, signal: end.signal });
  await reader.close();
  return told;
}

const files = (): readonly Buffer[] => ['leaves', 'nodes'].map((name) => readFileSync(join(tree, name)));
const bend = (name: string, at: number): void => {
  const bytes = readFileSync(join(tree, name));
  bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
  writeFileSync(join(tree, name), bytes);
};
const kinds = (told: readonly FromTree[]): readonly string[] => told.map(({ kind }) => kind);

test.each([
  ['position', 'leaves', 16 * 40 + 5],
  ['position of the last event', 'leaves', 33 * 40 + 7],
  ['entry', 'leaves', 16 * 40 + 20],
  ['entry of the last event', 'leaves', 33 * 40 + 20],
  ['hash', 'nodes', 2 * 32],
  ['last hash', 'nodes', 6 * 32],
])('given another %s in its files, makes them anew from the log and says so', async (_, name, at) => {
  await keep();
  const before = files();
  bend(name, at);
  const bent = readFileSync(join(tree, name));
  const told = await keep();
  expect(kinds(told)).toContain('mended');
  expect(told.at(-1)).toEqual({ kind: 'compared', events: 34, missing: 0 });
  expect(files()).toEqual(before);
  expect(readFileSync(join(tree, `${name}.altered`))).toEqual(bent);
  expect(existsSync(join(tree, 'anew'))).toBe(false);
});

test.each([
  ['an event that was altered', (db: Database.Database) => changeByHand(db, 17, () => ({ data: {} }))],
  ['an end that was cut', (db: Database.Database) => db.exec('DELETE FROM events WHERE position > 30')],
])('given a log with %s, makes nothing anew', async (_, change) => {
  await keep();
  const before = files();
  const db = new Database(log);
  change(db);
  db.close();
  const told = await keep();
  expect([kinds(told).includes('mended'), told.at(-1)?.kind]).toEqual([false, 'mismatch']);
  expect(files()).toEqual(before);
});

test('given files that were cut, and an event altered among what is missing, makes nothing anew', async () => {
  await keep();
  truncateSync(join(tree, 'leaves'), 10 * 40);
  const db = new Database(log);
  changeByHand(db, 17, () => ({ data: {} }));
  db.close();
  expect((await keep()).at(-1)).toMatchObject({ kind: 'mismatch', position: 34n });
});

test('given a doubt of whoever reads the files, makes them anew', async () => {
  const doubts = new Doubts();
  await keep();
  doubts.raise('a hash is not what was computed');
  expect(kinds(await keep(doubts))).toEqual(['opened', 'mended', 'opened', 'grown', 'compared']);
});

/** The tree as it was told last. */
function knownFrom(told: readonly FromTree[]): KnownTree {
  const last = told.findLast((message) => message.kind === 'grown');
  if (last === undefined) throw new Error('the tree has told nothing');
  return { size: last.size, peaks: last.peaks };
}

test('after a rest finds its files as they were known', async () => {
  const known = knownFrom(await keep());
  const told = await keep(new Doubts(), known);
  expect(told[0]).toMatchObject({ kind: 'opened', size: 34, isAsKnown: true });
  expect(kinds(told)).not.toContain('mended');
});

test('after a rest makes files anew that somebody has replaced by those of another log, hashes, head and all', async () => {
  const known = knownFrom(await keep());
  const [whole, away] = [files(), `${log}.away`];
  renameSync(log, away);
  const store = await openSqliteEventStore({ file: log });
  await store.append(newStream(), newEvents(34), 'no-stream');
  await store.close();
  rmSync(tree, { recursive: true });
  await keep();
  expect(files()).not.toEqual(whole);
  renameSync(away, log);

  const told = await keep(new Doubts(), known);

  expect(kinds(told)).toEqual(expect.arrayContaining(['mended', 'compared']));
  expect(kinds(told)).not.toContain('mismatch');
  expect(told.find(({ kind }) => kind === 'opened')).toMatchObject({ isAsKnown: false });
  expect(files()).toEqual(whole);
});
