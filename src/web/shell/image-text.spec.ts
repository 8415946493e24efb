import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { describedPicture, pictureChange, placeAfter } from './image-text.ts';
import type { TypedChange } from './typed-change.ts';

const ADDRESS = '/images/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01-1600.jpg#700x350';
const MD = `![](${ADDRESS})`;

const done = (text: string, { from, to, insert }: TypedChange): string => text.slice(0, from) + insert + text.slice(to);

test.each([
  ['', 0, `${MD}\n\n`],
  ['Before.', 7, `Before.\n\n${MD}\n\n`],
  ['Before.\nAfter.', 8, `Before.\n\n${MD}\n\nAfter.`],
  ['Before.\n\n\n\nAfter.', 9, `Before.\n\n${MD}\n\nAfter.`],
  ['Before.', 0, `${MD}\n\nBefore.`],
])('a picture stands in %j at %d as a block of its own, and the caret behind it', (text, at, after) => {
  const change = pictureChange(text, at, ADDRESS);
  expect(done(text, change)).toBe(after);
  expect(change.choose).toEqual([change.insert.length, change.insert.length]);
});

test.each([
  ['what is typed before it moves it', 3, 'abcdef', 'abXYcdef', 5],
  ['what is typed behind it does not', 3, 'abcdef', 'abcdeXYf', 3],
  ['what is typed at it comes behind it', 3, 'abcdef', 'abcXYdef', 3],
  ['what is deleted around it leaves it there', 3, 'abcdef', 'af', 1],
  ['what is deleted before it moves it', 3, 'abcdef', 'cdef', 1],
  ['an emptied text has it at its beginning', 3, 'abcdef', '', 0],
  ['a replaced text has it within', 3, 'abcdef', 'xy', 2],
])('a place in a text: %s', (_, at, before, after, moved) => {
  expect(placeAfter(at, before, after)).toBe(moved);
});

test('a place is always one of the text', () => {
  const texts = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(texts, texts, fc.nat(8), (before, after, n) => {
      const at = placeAfter(Math.min(n, before.length), before, after);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(after.length);
    }),
  );
});

test('a description stands in the text as its words, whatever signs of Markdown these have', () => {
  const text = `One.\n\n${MD}\n\n![](/images/other)`;
  const change = describedPicture(text, ADDRESS, ' A *wide*\nriver ![x](y) <b> & `c` @linh a\\b ]( ');
  // The Markdown test of libs/markdown reads the same.
  const words = 'A \\*wide\\* river \\!\\[x\\](y) \\<b\\> \\& \\`c\\` \\@linh a\\\\b \\](';
  expect(change && done(text, change)).toBe(`One.\n\n![${words}](${ADDRESS})\n\n![](/images/other)`);
});

test('a description given again replaces the first, and one of a picture that is gone changes nothing', () => {
  const described = `![A b\\]r](${ADDRESS})`;
  const change = describedPicture(described, ADDRESS, 'River');
  expect(change && done(described, change)).toBe(`![River](${ADDRESS})`);
  expect(describedPicture('No picture', ADDRESS, 'River')).toBeNull();
});
