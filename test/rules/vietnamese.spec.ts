import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
/** The marks of the five tones that are written. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** A word with its tone behind it, whichever letter carries that: the same of "xóa" and "xoá". */
function withToneBehind(word: string): string {
  const letters = word.normalize('NFD');
  return letters.replaceAll(TONES, '') + (letters.match(TONES) ?? []).join('');
}

/** The words that stand there with their tone on one letter and on another. */
function twoWays(text: string): readonly (readonly string[])[] {
  const ways = new Map<string, Set<string>>();
  for (const word of text
    .normalize('NFC')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []) {
    const key = withToneBehind(word);
    ways.set(key, (ways.get(key) ?? new Set()).add(word));
  }
  return [...ways.values()].filter(({ size }) => size > 1).map((words) => [...words].sort());
}

test('Vietnamese words are spelt in one way, with the tone on the same letter', () => {
  expect(twoWays('Xóa hết, hay xoá một bài? Tùy, thủy, quý.')).toEqual([['xoá', 'xóa']]);
  const listed = execFileSync('git', ['ls-files', '-z', '--', '*/messages/vi.json'], { cwd: root, encoding: 'utf8' });
  const files = listed.split('\0').filter(Boolean);
  expect(files.length).toBeGreaterThan(3);
  expect(twoWays(files.map((file) => readFileSync(resolve(root, file), 'utf8')).join('\n'))).toEqual([]);
});
