import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../libs/kernel/index.ts';
import { refusal } from '../../test/support/given.ts';
import { countCharacters, textOf, withoutForbidden } from './text.ts';

const MANY = { min: 1, max: 20, lines: 'many' } as const;
const ONE = { min: 2, max: 20, lines: 'one' } as const;

describe('a text', () => {
  test.each([
    ['trims, also by Unicode spaces', '\u3000 hi\ufeff\n', 'hi'],
    ['composes', 'e\u0301', 'é'],
    ['keeps tabs and line breaks', 'a\tb\nc', 'a\tb\nc'],
    ['ends lines in one way', 'a\r\nb\rc', 'a\nb\nc'],
    ['keeps joiners that scripts and emoji need', 'ក្\u200bម 👩\u200d👩', 'ក្\u200bម 👩\u200d👩'],
    ['keeps directions that are closed', '\u2067שלום\u2069 \u202ba\u202c', '\u2067שלום\u2069 \u202ba\u202c'],
  ])('%s', (_, text, kept) => {
    expect(textOf(text, 'body', MANY)).toBe(kept);
  });

  test.each([
    ['', 'must not be empty'],
    ['\u200e\u0301', 'must not be empty'],
    ['x'.repeat(21), 'must have 20 characters at most'],
    ['\u0301\u0323'.repeat(100_000), 'must have 20 characters at most'],
    [`ab${'\u0301\u0323'.repeat(16)}`, 'has more than 30 marks on one letter, at character 2'],
    ['\u0301'.repeat(31), 'has more than 30 marks on one letter, at character 1'],
    [`a${'\u0344'.repeat(30)}`, 'has more than 30 marks on one letter, at character 1'],
    ['\udc00', 'holds half of a surrogate pair, which is no character'],
    ['a\u0007', 'holds control characters; only line breaks and tabs may be in a text'],
    ['a\u0085b', 'holds control characters; only line breaks and tabs may be in a text'],
    ['a\u202eb', 'opens or closes a writing direction without its counterpart on the same line'],
    ['a\u202cb', 'opens or closes a writing direction without its counterpart on the same line'],
    ['\u2066a\u202c', 'opens or closes a writing direction without its counterpart on the same line'],
    ['\u202da\nb\u202c', 'opens or closes a writing direction without its counterpart on the same line'],
  ])('%j is refused: %s', (text, message) => {
    const error = refusal(() => textOf(text, 'body', MANY));
    expect(error).toEqual(new DomainError('invalid', `body ${message}`, [{ field: 'body', message }]));
  });

  test('of one line has neither breaks nor tabs, and as many characters as it must', () => {
    for (const text of ['a\nb', 'a\tb', 'a\u2028b']) {
      expect(refusal(() => textOf(text, 'title', ONE)).detail).toBe('title must be a single line without tabs');
    }
    expect(refusal(() => textOf('😀', 'title', ONE)).detail).toBe('title must have 2 characters at least');
    expect(textOf('😀😀', 'title', ONE)).toBe('😀😀');
  });

  test('that was kept is kept as it is the next time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const kept = keptOrNull(text);
        if (kept !== null) expect(textOf(kept, 'body', MANY)).toBe(kept);
      }),
    );
  });

  test('that an import cleans is never refused for its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(textOf(`x${withoutForbidden(text)}`, 'body', { min: 1, max: 1_000, lines: 'many' })).toMatch(/^x/u);
      }),
    );
  });

  test.each(['\u0301\u0323', '\u0344'])('that an import cleans has few marks on each letter: %j', (marks) => {
    const clean = withoutForbidden(`a${marks.repeat(50_000)}b`);
    expect(textOf(clean, 'body', { min: 1, max: 40, lines: 'many' })).toMatch(/^.{25,35}b$/u);
  });

  test('is counted in code points', () => {
    expect(countCharacters('a😀é')).toBe(3);
  });
});

function keptOrNull(text: string): string | null {
  try {
    return textOf(text, 'body', MANY);
  } catch {
    return null;
  }
}
