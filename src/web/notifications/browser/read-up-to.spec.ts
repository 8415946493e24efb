import { expect, test } from '@jest/globals';
import { readUpTo } from './read-up-to.ts';

test.each([
  { followed: [], upTo: null },
  { followed: ['9', '8'], upTo: null },
  { followed: ['3'], upTo: '3' },
  { followed: ['9', '3'], upTo: '3' },
  { followed: ['3', '8'], upTo: '8' },
  { followed: ['3', '8', '9'], upTo: '9' },
])('all is read up to what has nothing older left: %j', ({ followed, upTo }) => {
  expect(readUpTo(['9', '8', '3'], new Set(followed))).toBe(upTo);
});
