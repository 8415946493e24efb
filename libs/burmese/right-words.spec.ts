import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { inUnicode, waysToRead } from './index.ts';
import { isOrderedForZawgyi } from './order.ts';

const { uni2zg }: typeof import('rabbit-node') = createRequire(import.meta.url)('rabbit-node');
const lists: unknown = JSON.parse(readFileSync(new URL('../../test/search/right-words.json', import.meta.url), 'utf8'));
const byLanguage: (readonly [string, readonly string[]])[] = Object.entries(Object(lists)).map(([name, words]) => [
  name,
  Object.values(Object(words)).map(String),
]);
const all = byLanguage.flatMap(([, words]) => words);

/** Signs of all languages with these letters, in the order that Unicode gives a syllable. */
const SYLLABLE = [
  [...between(0x1000, 0x1021), '\u103f', '\u104e', ...between(0x105a, 0x105d), ...between(0x1075, 0x1081), '\uaa60'],
  ['', '', '', '\u1039\u1000', '\u1039\u101f', '\u1039\u105a', '\u103a\u1039\u1002'],
  ['', '', '\u103a', ...between(0x103b, 0x103e), ...between(0x105e, 0x1060), '\u1082', '\u103b\u103d'],
  ['', '', '\u1031', '\u1031\u102c', ...between(0x102b, 0x1036), ...between(0x1062, 0x106d), '\u1071', '\u1084'],
  ['', '', '\u102f', '\u1036', '\u1037', '\u1000\u103a', '\u1004\u1037\u103a', '\u105a\u103a', '\u103a\u1031'],
  ['', '', '', '\u1038', '\u1087', '\u108f', '\u1064', '\u1040', '\u1094 ', ' ', '\u104b', '\n', '\u200b'],
];

function between(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at));
}

/** As many as one likes, and the same each time. */
function syllables(many: number): string {
  let seed = 1;
  const next = (most: number): number => {
    seed = (seed * 48_271) % 0x7fff_ffff;
    return seed % most;
  };
  const syllable = (): string => SYLLABLE.map((signs) => signs[next(signs.length)] ?? '').join('');
  return Array.from({ length: many }, syllable).join('');
}

describe('a right word', () => {
  it.each(byLanguage)('of %s is never changed, alone, in a sentence or in quotes', (_, words) => {
    const texts = words.flatMap((word) => [word, `(${word})`, `> **${word}**, ${word}။ ${word}.`]);
    const marked = texts.map((text) => text.replace(/\u1039\.$/, ''));
    expect(marked.filter((text) => inUnicode(text) !== text)).toEqual([]);
    expect(inUnicode(words.join(' '))).toBe(words.join(' '));
    expect(inUnicode(words.join(''))).toBe(words.join(''));
  });

  it('has no order of Zawgyi in any language, whatever its signs', () => {
    const found = syllables(60_000).split('\n').filter(isOrderedForZawgyi);
    expect(found).toEqual([]);
  });

  it('and what is not yet typed to its end stay', () => {
    for (const word of all)
      for (let end = 1; end <= word.length; end += 1) expect(inUnicode(word.slice(0, end))).toBe(word.slice(0, end));
  });

  it('stays where another line is Zawgyi', () => {
    for (const word of all) expect(inUnicode(`ေနေကာင္းလား\n${word}`)).toBe(`နေကောင်းလား\n${word}`);
  });

  it.each(['ေ', 'ျ', '(ေ)', 'ေ ျ ြ ွ ှ', '◌ေက', 'ေကာင်းပါတယ်', 'ေနတယ်', 'မြန္‌မာ', 'ဦး\u200bေလး'])(
    'a sign alone, a wrong order of typing and the Unicode of before are no Zawgyi: %s',
    (text) => expect(inUnicode(text)).toBe(text),
  );
});

describe('a search', () => {
  it('of one word is read in each way that it may be meant', () => {
    expect(waysToRead('မြန်မာ')).toEqual(['မြန်မာ']);
    expect(waysToRead('tea')).toEqual(['tea']);
    expect(waysToRead('ေက်ာင္း')).toEqual(['ကျောင်း', 'ေက်ာင္း']);
    expect(waysToRead(uni2zg('ဝတ္ထု'))).toEqual([uni2zg('ဝတ္ထု'), 'ဝတ္ထု']);
    for (const word of all) expect(waysToRead(word)[0]).toBe(word);
  });
});
