import { expect, test } from '@jest/globals';
import { isCommonPassword } from './index.ts';

test('what is tried first is told from what is not', async () => {
  const asked = ['password', 'dragon', 'letmein', 'correct horse battery', ''];
  expect(await Promise.all(asked.map(isCommonPassword))).toEqual([true, true, true, false, false]);
  expect(await isCommonPassword('qwerty')).toBe(true);
});
