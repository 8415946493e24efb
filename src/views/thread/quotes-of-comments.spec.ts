import { expect, test } from '@jest/globals';
import { quotesOfComments } from './quotes-of-comments.ts';

const id = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c01';
const postWith = (words: string): string => `Before\n\n> ${words}\n>\n> [Linh](/posts/a#comment-${id})\n\nAfter`;

test('the quotations of a post are looked for once while its text stays the same', () => {
  const first = quotesOfComments(postWith('Said'));
  expect(first).toMatchObject([{ commentIds: [id], said: ['Said'] }]);
  expect(quotesOfComments(postWith('Said'))).toBe(first);
  expect(quotesOfComments(postWith('Changed'))).toMatchObject([{ commentIds: [id], said: ['Changed'] }]);
  expect(quotesOfComments('Without any')).toEqual([]);
});
