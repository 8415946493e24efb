import type Database from 'better-sqlite3';
import { copyByHand, eventByHand, eventsByHand } from './log-by-hand.ts';

/** Numbers that look like chance and are the same for the same seed: each below its bound. */
export type Chance = (below: number) => number;

/** A linear congruential generator, as ANSI C has one: enough to pick from lists. */
export function chanceOf(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const TEXTS = [
  '',
  'x',
  '{',
  '[]',
  'null',
  '{"postId":null}',
  '{"amount":1e999}',
  '"\\ud800"',
  '\u0000',
  'é\n',
  '2001-13-45',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  'CommentPosted.v1',
  'MemberRegistered.v2',
  'CommentDecided.v1',
] as const;
const NUMBERS = [0, -1, 5, 99, 1_000_000_000_000] as const;
const COLUMNS = {
  id: 'bytes',
  stream: 'text',
  revision: 'number',
  type: 'text',
  body: 'bytes',
  sealed: 'bytes',
  position: 'number',
} as const;
const COPIED = ['revision', 'type', 'body', 'sealed', 'stream'] as const;

/** Changes one row of a log's table by hand, as somebody with the file could, and says what it did. Throws what SQLite refuses. */
export function changeRow(db: Database.Database, chance: Chance): string {
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item => items[chance(items.length)] ?? items[0];
  const rows = Number(db.prepare('SELECT count(*) FROM events').pluck().get());
  const [row, other] = [1 + chance(rows), 1 + chance(rows)];
  switch (pick(['set', 'set', 'copy column', 'delete', 'copy row'])) {
    case 'set': {
      const [column, kind] = pick([['id', 'bytes'], ...Object.entries(COLUMNS)]);
      const values = { bytes: Buffer.alloc(chance(40), chance(256)), text: pick(TEXTS), number: pick(NUMBERS) };
      db.prepare(`UPDATE events SET ${column} = ? WHERE position = ?`).run(Reflect.get(values, kind), row);
      return `${column} of position ${row} set to ${String(Reflect.get(values, kind)).slice(0, 20)}`;
    }
    case 'copy column': {
      const column = pick(COPIED);
      const source = `(SELECT ${column} FROM events WHERE position = ?)`;
      db.prepare(`UPDATE events SET ${column} = ${source} WHERE position = ?`).run(other, row);
      return `${column} of position ${other} copied to position ${row}`;
    }
    case 'delete':
      db.prepare('DELETE FROM events WHERE position = ?').run(row);
      return `position ${row} deleted`;
    default:
      copyRow(db, row);
      return `position ${row} copied to the end`;
  }
}

/** Adds a copy of an event at the end of the log and of its stream, under an id of its own. */
export function copyRow(db: Database.Database, position: number): void {
  const { stream } = eventByHand(db, position);
  const all = eventsByHand(db);
  const newest = all
    .filter((event) => event.stream === stream)
    .reduce((most, { revision }) => larger(most, revision), 0n);
  copyByHand(db, position, { position: (all.at(-1)?.position ?? 0n) + 1n, revision: newest + 1n });
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
