import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import type { SoughtWords } from '../../../libs/search/index.ts';
import { spanWord } from './entry-words.ts';
import { numberFrom, spanAt, startOfSpan } from './item-numbers.ts';
import { SEARCH_SCHEMA } from './search.schema.ts';
import { Stretches } from './stretches.ts';

const LEAST = -0x7fff_ffff_ffff_ffffn;
const MOST = 0x7fff_ffff_ffff_ffffn;
/** No index is so small, and no word so rare, that it is read at once. */
const NONE = { few: 0, read: 0 };
/** Some years apart, and many within one second. */
const NUMBERS = [
  ...Array.from({ length: 20 }, (_, at) => -156_250_000n + BigInt(at) * 31_250_000n),
  ...Array.from({ length: 2_000 }, (_, at) => 25_000_000_000n + BigInt(at)),
];

let db: Database.Database;
beforeEach(() => {
  db = new Database(':memory:');
  db.exec(SEARCH_SCHEMA);
});
afterEach(() => {
  db.close();
});

function write(numbers: readonly bigint[], wordsAt: (at: number) => string): void {
  const add = db.prepare('INSERT INTO entry (rowid, words) VALUES (?, ?)');
  const item = db.prepare(`
    INSERT INTO item (n, id, kind, post, shown, title, names) VALUES (?, randomblob(16), 1, x'', 1, '', '')`);
  db.transaction(() => {
    for (const [at, n] of numbers.entries()) {
      item.run(n);
      add.run(n, `${wordsAt(at)} ${spanWord(spanAt(n))}`);
    }
  })();
}

function given(stretches: Stretches, words: string, before = MOST): readonly bigint[] {
  return [...stretches.of(sought(words), before)].filter((found) => typeof found === 'bigint');
}

function sought(...words: readonly string[]): SoughtWords {
  return { all: words.map((word) => `"${word}"`), none: [] };
}

/** Time that goes on by a quarter of a millisecond with each stretch. */
function ticking() {
  let spent = 0;
  return { spent: () => (spent += 0.125), isAtLeast: (most: number) => spent >= most };
}

it('a span is six days, from its start on, before 2000 too', () => {
  const day = 86_400_000;
  for (const time of [Date.UTC(1995, 3), Date.UTC(2026, 3)]) {
    const span = spanAt(numberFrom(time));
    expect(spanAt(numberFrom(time + 7 * day)) - span).toBeGreaterThan(0n);
    expect(spanAt(numberFrom(time + 6 * day)) - span).toBeLessThanOrEqual(1n);
    expect([spanAt(startOfSpan(span)), spanAt(startOfSpan(span) - 1n)]).toEqual([span, span - 1n]);
  }
});

describe('what is looked for stretch by stretch', () => {
  it('is found once each, the newest first, wherever stretches end', () => {
    write(NUMBERS, () => 'tea');
    const newestFirst = NUMBERS.toSorted((a, b) => (a < b ? 1 : -1));
    expect(given(new Stretches(db, LEAST, NONE), 'tea')).toEqual(newestFirst);
    const before = 25_000_000_100n;
    expect(given(new Stretches(db, LEAST, NONE), 'tea', before)).toEqual(newestFirst.filter((n) => n < before));
    const from = 25_000_001_000n;
    expect(given(new Stretches(db, from, NONE), 'tea')).toEqual(newestFirst.filter((n) => n >= from));
  });

  it('is nothing in an empty index', () => {
    expect(given(new Stretches(db, LEAST, NONE), 'tea')).toEqual([]);
  });

  it.each([
    ['one word', ['tea']],
    ['two words', ['tea', 'green']],
    ['a phrase', ['green tea']],
  ])('is found once each, however many words: %s', (_, words) => {
    write(NUMBERS, (at) => (at % 3 === 0 ? 'black tea' : 'green tea'));
    const found = [...new Stretches(db, LEAST, NONE).of(sought(...words), MOST)].filter(
      (each) => typeof each === 'bigint',
    );
    const having = NUMBERS.filter((_n, at) => words.join() === 'tea' || at % 3 !== 0);
    expect(found).toEqual(having.toSorted((a, b) => (a < b ? 1 : -1)));
  });

  it('is looked for at once in an index of few texts, from however many years', () => {
    const years = Array.from({ length: 1_000 }, (_, at) => BigInt(at) * 16_588_800n);
    write(years, (at) => (at % 2 === 0 ? 'green filler' : 'tea filler'));
    expect([...new Stretches(db, LEAST).of(sought('green', 'tea'), MOST)]).toEqual([]);
    expect([...new Stretches(db, LEAST, NONE).of(sought('green', 'tea'), MOST)].length).toBeGreaterThan(0);
  });

  it('is looked for at once where its words are in few texts, however many others there are', () => {
    write(
      Array.from({ length: 20_000 }, (_, at) => BigInt(at) << 20n),
      (at) =>
        at % 50 === 0 ? 'green filler' : at % 50 === 1 ? 'tea filler' : at % 1_000 === 2 ? 'rare filler' : 'filler',
    );
    const endsOf = (read: number, ...words: readonly string[]) =>
      [...new Stretches(db, LEAST, { few: 0, read }).of(sought(...words), MOST)].filter(
        (each) => typeof each === 'object',
      );
    expect(endsOf(1_000, 'green', 'tea')).toEqual([]);
    expect(endsOf(600, 'green', 'tea').length).toBeGreaterThan(0);
    expect(endsOf(1_000, 'green', 'filler').length).toBeGreaterThan(0);
    expect(endsOf(1_000, 'green tea')).toEqual([]);
    expect(endsOf(0, 'rare', 'filler')).toEqual([]);
  });

  it('may take longer as long as nothing was found', () => {
    write(
      Array.from({ length: 30_000 }, (_, at) => BigInt(at) << 24n),
      (at) => (at % 2 === 0 ? 'green filler' : 'tea filler'),
    );
    const takenUntilEnough = (found: number) => {
      const stretches = new Stretches(db, LEAST, { ...NONE, clock: ticking() });
      const ends: bigint[] = [];
      for (const each of stretches.of(sought('green', 'tea'), MOST)) {
        if (typeof each === 'object') ends.push(each.end);
        if (stretches.areEnough(found)) break;
      }
      return ends.length;
    };
    expect([takenUntilEnough(1), takenUntilEnough(0)]).toEqual([5, 9]);
  });

  it('can be left between two stretches, of which none reads what the others have, however long two frequent words never stand together', () => {
    write(
      Array.from({ length: 20_000 }, (_, at) => BigInt(at) << 24n),
      (at) => (at % 2 === 0 ? 'green filler' : 'tea filler'),
    );
    const stretches = new Stretches(db, LEAST, { ...NONE, clock: ticking() });
    const ends: bigint[] = [];
    for (const found of stretches.of(sought('green', 'tea'), MOST)) {
      if (typeof found === 'object') ends.push(found.end);
      if (stretches.areEnough(1)) break;
    }
    expect(ends.length).toBeGreaterThan(1);
    expect(ends).toEqual(ends.toSorted((a, b) => (a < b ? 1 : -1)));
  });
});
