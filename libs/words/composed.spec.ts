import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cpu } from '../../test/support/main-thread.ts';
import { composed, MOST_MARKS, tooManyMarksAt, withFewMarks } from './composed.ts';

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;
const marks = fc.constantFrom('\u0301', '\u0323', '\u0345', '\u05b0', '\u0344', '\u{1d165}', '\uff9e', 'a', 'é', 'ど');
const asUnicodeSays = (text: string, form: string): string => Reflect.apply(String.prototype.normalize, text, [form]);

describe('a text in a form of Unicode', () => {
  test('is what Unicode says, where no letter has more than 30 marks', () => {
    const text = fc.array(marks, { maxLength: 2_000 }).map((parts) => parts.join('').replace(/(.{20})/gu, '$1x'));
    fc.assert(
      fc.property(text, fc.constantFrom(...FORMS), (any, form) => {
        expect(composed(any, form)).toBe(asUnicodeSays(any, form));
      }),
      { numRuns: 50 },
    );
  });

  test('is what Unicode says for every text as short as a password', () => {
    const text = `a${'\u0301\u0323'.repeat(399)}`;
    for (const form of FORMS) expect(composed(text, form)).toBe(asUnicodeSays(text, form));
  });

  test.each(['\u0301\u0323', '\u0301\u0323\u0345\u05b0\u0334', '\uff9e\u0301', '\u0344\u0323', '\u{1d165}\u0301'])(
    'takes time in proportion to it: %j',
    (run) => {
      const text = `a${run.repeat(200_000 / run.length)}`;
      for (const form of FORMS) {
        const before = cpu();
        const kept = composed(text, form);
        expect(cpu() - before).toBeLessThan(150);
        expect([...kept].length).toBeLessThan(4 * MOST_MARKS);
      }
    },
  );

  test('becomes a mark at the beginning of no letter but those that are counted as marks', () => {
    const others: string[] = [];
    for (let code = 0; code < 0x11_0000; code += 1) {
      const letter = code >= 0xd8_00 && code < 0xe0_00 ? 'a' : String.fromCodePoint(code);
      const counted = tooManyMarksAt(letter.repeat(MOST_MARKS + 1)) !== null;
      if (!counted && /^\p{M}/u.test(asUnicodeSays(letter, 'NFKD'))) others.push(code.toString(16));
    }
    // A ring of Thai and of Lao: each is followed by a letter.
    expect(others).toEqual(['e33', 'eb3']);
  });
});

test.each([
  ['e\u0301', null],
  [`a${'\u0301'.repeat(30)}`, null],
  [`a${'\u0301'.repeat(30)}b${'\u0301'.repeat(30)}`, null],
  [`a${'\u0301'.repeat(31)}`, 1],
  ['\u{1d165}'.repeat(30), null],
  [`👩${'\u{1d165}'.repeat(31)}`, 2],
  [`x\uff9e${'\u0301'.repeat(30)}`, 1],
])('the marks of one letter are counted: %j', (text, at) => {
  expect(tooManyMarksAt(text)).toBe(at);
  expect(tooManyMarksAt(withFewMarks(text))).toBeNull();
  if (at === null) expect(withFewMarks(text)).toBe(text);
});
