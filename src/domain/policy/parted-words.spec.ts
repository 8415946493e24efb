import { expect, test } from '@jest/globals';
import { foldText } from './folded-text.ts';
import { findParted } from './parted-words.ts';
import { ReadText } from './read-text.ts';
import { SingleWords } from './single-words.ts';

/** Counts how often letters are compared with words. */
class CountingWords extends Map<string, string> {
  asked = 0;

  override get(word: string): string | undefined {
    this.asked += 1;
    return super.get(word);
  }
}

function looking(text: string, words: readonly string[]) {
  const counting = new CountingWords();
  const single = new SingleWords(counting);
  for (const word of words) single.add(word, word);
  const found = findParted(single, new ReadText(foldText(text)));
  return { word: found?.word ?? null, part: found?.part, asked: counting.asked };
}

test('one word of 100 letters costs no comparison where it cannot stand', () => {
  const comment = 'a '.repeat(5_000);
  expect(looking(comment, [`${'a'.repeat(99)}b`])).toMatchObject({ word: null, asked: 0 });
  expect(looking(comment, ['x'.repeat(100), 'casino']).asked).toBe(0);
});

test('words of every length cost few comparisons in the longest comment', () => {
  const words = Array.from({ length: 98 }, (_, n) => `${'a'.repeat(n + 2)}b`);
  expect(looking('a '.repeat(5_000), words).asked).toBeLessThan(50);
});

test('finds the first word all the same, at once when it is there', () => {
  expect(looking('now a b c, c a s i n o and c-a-s-i-n-o', ['casino'])).toMatchObject({
    word: 'casino',
    part: 'c a s i n o',
  });
});
