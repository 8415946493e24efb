import { expect, test } from '@jest/globals';
import { parseSearch } from '../../../../libs/search/index.ts';
import { type ShelvedText, shardOf, shelfFile, textsFile } from '../shards.ts';
import { type FoundSoFar, further, isMore, searchFor } from './look-up.ts';

test('what is found comes a hundred at a time, the newest three hundred texts first and then the older ones', async () => {
  const texts = Array.from(
    { length: 450 },
    (_, n): ShelvedText => ['c', `#${n}`, 'Any', '', '', 'a day', 'Mangoes again', '', 'en'],
  );
  const files = new Map<string, unknown>([
    [shelfFile(shardOf('mangoes')), { mangoes: [0, ...Array.from({ length: 449 }, () => 1)] }],
    [textsFile(0), texts],
  ]);
  const shelves = { starts: [0], take: async (file: string): Promise<unknown> => files.get(file) };
  const seen = ({ shown, texts: all, older }: FoundSoFar): readonly number[] => [shown, all.length, older.length];
  const pages = [await searchFor(parseSearch('mangoes'), shelves)];
  for (let last = pages[0]; last !== undefined && isMore(last); last = pages.at(-1))
    pages.push(await further(last, shelves));
  expect(pages.map(seen)).toEqual([
    [100, 300, 150],
    [200, 300, 150],
    [300, 300, 150],
    [400, 450, 0],
    [450, 450, 0],
  ]);
  expect(pages.at(-1)?.texts.map(([, href]) => href)).toEqual(texts.map(([, href]) => href).reverse());
});
