import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from './folded-text.ts';
import { Phrases } from './phrases.ts';
import { Runs } from './runs.ts';
import { wordFinder } from './word-list.ts';

/** Lists of entries that all begin alike, and a text that has nothing but that beginning. */
const ALIKE = {
  'entries of a script without spaces': {
    list: (entries: number) => Array.from({ length: entries }, (_, n) => `กก${String.fromCodePoint(0x4e00 + n)}`),
    text: 'ก'.repeat(10_000),
  },
  phrases: {
    list: (entries: number) => Array.from({ length: entries }, (_, n) => `a a a x${n}`),
    text: 'a '.repeat(5_000),
  },
} as const;

describe('entries that begin alike', () => {
  test.each(Object.entries(ALIKE))('%s: thousands take no longer than a few', (_, { list, text }) => {
    const [few, many] = [wordFinder(list(3)), wordFinder(list(5_000))];
    const workOf = (finder: typeof few): number => {
      const start = process.cpuUsage();
      for (let round = 0; round < 3; round += 1) expect(finder(foldText(text))).toBeNull();
      return process.cpuUsage(start).user;
    };
    workOf(few);
    const ratios = Array.from({ length: 5 }, () => workOf(many) / Math.max(1, workOf(few)));
    expect(Math.min(...ratios)).toBeLessThan(5);
  });
});

const letter = fc.constantFrom('ก', 'ข', '赌');

test('runs are found where every entry, tried at every place, is', () => {
  const entries = fc.array(fc.array(letter, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
  fc.assert(
    fc.property(entries, fc.array(letter, { maxLength: 12 }), (words, letters) => {
      const [runs, text] = [new Runs(), letters.join('')];
      const list = words.map((word) => word.join(''));
      for (const [n, word] of list.entries()) runs.add(`${n}`, word);
      const longestFirst = list.toSorted((a, b) => b.length - a.length);
      const all = letters.flatMap((__, start) =>
        longestFirst
          .filter((word) => text.startsWith(word, start))
          .map((word) => ({ word: `${list.indexOf(word)}`, start, end: start + word.length })),
      );
      expect(runs.firstIn(text, { allow: () => true })).toEqual(all[0] ?? null);
    }),
  );
});

const token = fc.constantFrom('a', 'b', 'c');

test('phrases are found where every phrase, tried with every reading of the text, is', () => {
  const phrases = fc.array(fc.array(token, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
  const readings = fc.array(fc.uniqueArray(token, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(phrases, readings, (list, forms) => {
      const index = new Phrases();
      for (const [n, tokens] of list.entries()) index.add({ word: `${n}`, tokens });
      const [form = ''] = forms[0] ?? [];
      const standing = list.flatMap((tokens, n) =>
        tokens[0] === form && tokens.every((one, ahead) => ahead === 0 || forms[ahead]?.includes(one))
          ? [{ word: `${n}`, tokens }]
          : [],
      );
      const [longest] = standing.toSorted((a, b) => b.tokens.length - a.tokens.length);
      const found = index.longestAt(forms, 0, form);
      expect(found && { word: found.word, tokens: found.tokens }).toEqual(longest ?? null);
    }),
  );
});
