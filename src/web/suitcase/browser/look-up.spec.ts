import { expect, test } from '@jest/globals';
import { parseSearch } from '../../../../libs/search/index.ts';
import { type ShelvedText, shardOf, shelfFile, textsFile } from '../shards.ts';
import { type FoundSoFar, further, isMore, searchFor, unknownAuthors } from './look-up.ts';

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

test('a post is found by its excerpt and its text, and by no phrase that goes from one to the other', async () => {
  const post: ShelvedText = ['p', '#', 'Rain', '', '', 'a day', 'Boats again', 'en', 'en', '', 'Ferries at dusk'];
  const files = new Map<string, unknown>([
    ...['ferries', 'dusk', 'boats'].map((word) => [shelfFile(shardOf(word)), { [word]: [0] }] as const),
    [textsFile(0), [post]],
  ]);
  const shelves = { starts: [0], take: async (file: string): Promise<unknown> => files.get(file) };
  const found = async (q: string): Promise<number> => (await searchFor(parseSearch(q), shelves)).shown;
  expect([await found('ferries boats'), await found('"dusk boats"')]).toEqual([1, 0]);
});

test('of the names of a search those are told that nobody has who wrote here', async () => {
  const comment: ShelvedText = ['c', '#', 'Any', 'Mali Vang', 'mali', 'a day', 'Boats', 'en', 'en'];
  const files = new Map<string, unknown>([
    [shelfFile(shardOf('@mali')), { '@mali': [0], '@vang': [0] }],
    [shelfFile(shardOf('@vang')), { '@mali': [0], '@vang': [0] }],
    [textsFile(0), [comment]],
  ]);
  const shelves = { starts: [0], take: async (file: string): Promise<unknown> => files.get(file) ?? {} };
  const asked = parseSearch('author:mali author:nobody author:"Mali Vang" author:"Mali Xu" boats');
  expect(await unknownAuthors(asked, shelves)).toEqual(['nobody', 'Mali Xu']);
});
