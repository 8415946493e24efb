import { expect, it } from '@jest/globals';
import { inOneText, isTooLong } from './unkept.ts';

const RULE = '\n\n---\n\n';
const stack = (...texts: readonly string[]): string => texts.join(RULE);

it.each([
  ['', 'older', 'older'],
  ['typed', '', 'typed'],
  ['typed', 'older', stack('typed', 'older')],
  ['same', 'same', 'same'],
  ['older and more', 'older', 'older and more'],
  ['two', stack('two', 'one'), stack('two', 'one')],
  ['two and more', stack('two', 'one'), stack('two and more', 'one')],
  [stack('two', 'one'), stack('two', 'one'), stack('two', 'one')],
  ['three', stack('two', 'one'), stack('three', 'two', 'one')],
  ['two', stack('two, longer', 'one'), stack('two', 'two, longer', 'one')],
])('%j above %j is %j', (typed, older, both) => {
  expect(inOneText(typed, older)).toBe(both);
});

it('a text is as long as the forum counts it', () => {
  expect(['a'.repeat(10_000), '😀'.repeat(10_000), 'e\u0301'.repeat(10_000)].map(isTooLong)).toEqual([
    false,
    false,
    false,
  ]);
  expect(['a'.repeat(10_001), '😀'.repeat(10_001)].map(isTooLong)).toEqual([true, true]);
});
