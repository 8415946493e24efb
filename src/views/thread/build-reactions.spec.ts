import { describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { idBytes } from '../ids.ts';
import { BuildReactions, type GivenReaction } from './build-reactions.ts';
import { THREAD_SCHEMA } from './thread.schema.ts';

/** Members whose ids begin alike, and one whose id does not. */
const MEMBERS = [
  '11111111-0000-4000-8000-000000000001',
  '11111111-0000-4000-8000-000000000002',
  '11111111-f000-4000-8000-000000000001',
  'ffffffff-0000-4000-8000-000000000001',
];

const reactions: fc.Arbitrary<GivenReaction[]> = fc.array(
  fc.record({
    memberId: fc.constantFrom(...MEMBERS),
    post: fc.constantFrom(1, 2, 300),
    comment: fc.constantFrom(5n, 70_000n, 2n ** 60n),
    kind: fc.integer({ min: 0, max: 6 }),
    given: fc.boolean(),
  }),
  { maxLength: 200, size: 'max' },
);

/** The rows of a file that is written event by event. */
function oneByOne(given: readonly GivenReaction[]): unknown[] {
  const db = new Database(':memory:');
  db.exec(THREAD_SCHEMA);
  const key = 'member = ? AND post = ? AND comment = ? AND kind = ?';
  for (const { memberId, post, comment, kind, given: isGiven } of given) {
    db.prepare(`DELETE FROM reaction WHERE ${key}`).run(idBytes(memberId), post, comment, kind);
    if (isGiven) db.prepare('INSERT INTO reaction VALUES (?, ?, ?, ?)').run(idBytes(memberId), post, comment, kind);
  }
  return rowsOf(db);
}

function built(given: readonly GivenReaction[], most: number): unknown[] {
  const db = new Database(':memory:');
  db.exec(THREAD_SCHEMA);
  const all = new BuildReactions(db, most);
  for (const reaction of given) all.add(reaction);
  all.write();
  return rowsOf(db);
}

function rowsOf(db: Database.Database): unknown[] {
  const rows = db.prepare('SELECT * FROM reaction ORDER BY member, post, comment, kind').safeIntegers().all();
  expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'staged'`).get()).toBeUndefined();
  db.close();
  return rows;
}

describe('the reactions of a build', () => {
  it.each([1, 7, 1_000_000])('are those that were not taken back last, with room for %i in memory', (most) => {
    const property = fc.property(reactions, (given) => {
      expect(built(given, most)).toEqual(oneByOne(given));
    });
    fc.assert(property, { numRuns: 60 });
  });

  it('are kept in order past the room that they begin with', () => {
    const given = Array.from({ length: 5_000 }, (_, at) => {
      const memberId = `${((at * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
      return { memberId, post: 1, comment: BigInt(at + 1), kind: 0, given: true };
    });
    expect(built(given, 1_000_000)).toEqual(oneByOne(given));
  });
});
