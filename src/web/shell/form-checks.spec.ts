import { describe, expect, it } from '@jest/globals';
import { checked, email, formText, handle, password, text } from './form-checks.ts';
import { languageIn } from './message-files.ts';

const { translator } = languageIn('en');
const wrong = (check: typeof handle, value: string) => check(value, translator);

describe('a form', () => {
  it('names each field that is wrong, with what to do', () => {
    const form = { displayName: ' ', handle: 'a b', email: 'mali@', password: 'short' };

    expect(
      checked(
        form,
        { displayName: text({ min: 1, max: 80 }), handle, email, password: password({ min: 10, max: 200 }) },
        translator,
      ),
    ).toEqual({
      displayName: 'Please fill this in.',
      handle: 'Only letters, digits, dots, - and _, 3 to 30 of them.',
      email: 'This is not a complete e-mail address.',
      password: 'At least 10 characters.',
    });
  });

  it('counts characters as people do, and refuses invisible ones', () => {
    expect(wrong(text({ min: 1, max: 2 }), 'ก็')).toBe(null);
    expect(wrong(text({ min: 1, max: 2 }), '👍👍')).toBe(null);
    expect(wrong(text({ min: 1, max: 2 }), 'abc')).toBe('At most 2 characters.');
    expect(wrong(text({ min: 1, max: 9 }), 'a\u0000b')).toBe('It holds invisible characters that are not accepted.');
    expect(wrong(text({ min: 1, max: 9 }), 'a\ud800b')).toBe('It holds invisible characters that are not accepted.');
    expect(wrong(text({ min: 1, max: 9 }), 'a\n\tb')).toBe(null);
    expect(wrong(email, 'a\u200bb@example.org')).toBe('It holds invisible characters that are not accepted.');
    expect(wrong(email, 'ab@example.org\ufeff')).toBe(null);
  });

  it('takes handles in every script', () => {
    expect(['สมชาย', 'ខ្មែរ', 'မြန်မာ', 'Thị-Hoa', '小明同学', 'a.b_c-1'].map((value) => wrong(handle, value))).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(['ab', 'a/b', 'a'.repeat(31), ''].map((value) => wrong(handle, value) === null)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('keeps line breaks as the forum does', () => {
    expect(formText({ body: 'a\r\nb\rc\nd' }, 'body')).toBe('a\nb\nc\nd');
  });
});
