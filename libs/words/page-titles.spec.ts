import { describe, expect, it } from '@jest/globals';
import { textOf } from '../../src/domain/text.ts';
import { TEXT_LIMITS } from './limits.ts';
import { plainTitle } from './page-titles.ts';

const RLE = '\u202b';
const PDF = '\u202c';
const LRI = '\u2066';
const PDI = '\u2069';

describe('the title of a page of another site', () => {
  it.each([
    ['A title\n  over\ttwo\u2028lines ', 'A title over two lines'],
    ['a\u0007b\u0000c\u009fd', 'abcd'],
    ['\u202eabc', 'abc'],
    [`${LRI}open`, 'open'],
    [`closed${PDI}${PDF}`, 'closed'],
    [`${RLE}نص${PDF} and ${LRI}more${PDI}`, `${RLE}نص${PDF} and ${LRI}more${PDI}`],
    [`${RLE}${LRI}crossed${PDF}${PDI}`, `${LRI}crossed${PDI}`],
    ['\u200b', ''],
    ['\u200b \u202e\u0007', ''],
    ['', ''],
    ['<b>&amp;', '<b>&amp;'],
    ['e\u0301', 'é'],
    ['half \ud800', 'half \ufffd'],
    ['ភាសា\u200bខ្មែរ', 'ភាសា\u200bខ្មែរ'],
  ])('%j becomes %j', (given, kept) => {
    expect(plainTitle(given)).toBe(kept);
  });

  it('is cut at 200 characters, and no direction stays open there', () => {
    expect(plainTitle('😀'.repeat(201))).toBe('😀'.repeat(200));
    expect(plainTitle(`${RLE}${'ن'.repeat(250)}${PDF}`)).toBe('ن'.repeat(199));
  });

  it('is always one that a post may have, and stays as it is when it is read again', () => {
    const pieces = [
      'a',
      ' ',
      '\n',
      '\u0000',
      '\u0301',
      '\u200b',
      '\u200f',
      '\ud800',
      '\u2800',
      RLE,
      PDF,
      LRI,
      PDI,
      '😀',
    ];
    for (let seed = 1; seed <= 2_000; seed += 1) {
      let state = seed;
      const next = (): number => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return state >> 8;
      };
      const text = Array.from({ length: next() % 260 }, () => pieces[next() % pieces.length]).join('');
      const title = plainTitle(text);
      expect(plainTitle(title)).toBe(title);
      if (title !== '') expect(textOf(title, 'title', TEXT_LIMITS.title)).toBe(title);
    }
  });
});
