import { expect, test } from '@jest/globals';
import { foldText } from './folded-text.ts';

test('a folded text is at most four times as long, whatever characters it is made of', () => {
  let longest = 0;
  for (let code = 0; code < 0x2_0000; code += 1) {
    longest = Math.max(longest, foldText(String.fromCodePoint(code)).folded.length);
  }
  expect(longest).toBe(4);
  expect(foldText('ﷺ'.repeat(9_900)).folded).toHaveLength(9_900);
});
