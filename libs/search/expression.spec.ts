import { afterAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { eitherOf, expressionOf, isReadAtOnce, type SoughtWords } from './expression.ts';

const TEXTS = ['tea green', 'green tea', 'green leaves', 'tea', 'black tea', 'green filler tea'];
const db = new Database(':memory:');
db.exec(`CREATE VIRTUAL TABLE entry USING fts5(words, content = '', tokenize = "ascii tokenchars ':'")`);
const add = db.prepare('INSERT INTO entry (rowid, words) VALUES (?, ?)');
TEXTS.forEach((text, at) => {
  add.run(BigInt(at), `${text} t:${Math.floor(at / 2)}`);
});
afterAll(() => {
  db.close();
});
const find = db.prepare<[string], number>('SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rowid').pluck();
const found = (sought: SoughtWords, within: readonly string[] | null = null): readonly number[] =>
  find.all(expressionOf(sought, within));

describe('an expression', () => {
  it('of two searches finds what answers one of them and is left out by neither', () => {
    const [green, black] = [
      { all: ['"green tea"', '"t:0"'], none: [['"filler"']] },
      { all: ['"black"'], none: [] },
    ];
    expect(found(eitherOf(green, black))).toEqual([1, 4]);
    expect(found(eitherOf(eitherOf(green, black), { all: ['"leaves"'], none: [['"black"']] }), ['t:0', 't:1'])).toEqual(
      [1, 2],
    );
    expect(found(eitherOf(green, null))).toEqual([1]);
  });

  it.each([
    [{ all: ['"tea"'], none: [] }, [0, 1, 3, 4, 5]],
    [{ all: ['"tea"', '"green"'], none: [] }, [0, 1, 5]],
    [{ all: ['"green tea"'], none: [] }, [1]],
    [{ all: ['"green tea"', '"tea"'], none: [] }, [1]],
    [{ all: ['"green"', '"tea" OR "leaves"'], none: [] }, [0, 1, 2, 5]],
    [{ all: ['"green filler"', '"tea" OR "leaves"'], none: [] }, [5]],
    [{ all: ['"tea"'], none: [['"green"']] }, [3, 4]],
    [{ all: ['"tea"'], none: [['"green tea"'], ['"black"']] }, [0, 3, 5]],
    [{ all: ['"tea"'], none: [['"green"', '"filler"']] }, [0, 1, 3, 4]],
  ])('%j finds %j, also within some of the texts', (sought, numbers) => {
    expect(found(sought)).toEqual(numbers);
    expect(found(sought, ['t:0'])).toEqual(numbers.filter((number) => number < 2));
    expect(found(sought, ['t:0', 't:2'])).toEqual(numbers.filter((number) => number < 2 || number > 3));
  });
});

it.each([
  [['"tea"'], true],
  [['"tea" OR "leaves"'], true],
  [['"green tea"'], false],
  [['"tea" OR "green leaves"'], false],
  [['"tea"', '"green"'], false],
])('%j is read at once: %s', (all, isAtOnce) => {
  expect(isReadAtOnce(all)).toBe(isAtOnce);
});
