import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  hasName,
  hasTerm,
  indexedName,
  indexedText,
  listedNames,
  listedWords,
  parseSearch,
  wordsToLookUp,
} from './index.ts';

const data = (name: string): object =>
  Object(JSON.parse(readFileSync(new URL(`../../test/search/${name}.json`, import.meta.url), 'utf8')));
const texts = Object.entries(data('texts')).map(([id, text]) => {
  return { id, listed: listedWords(String(text)), indexed: indexedText(String(text)) };
});
const asked: readonly { readonly q: string; readonly finds: readonly string[] }[] = Array.from(Object(data('queries')));

function found(q: string): readonly string[] {
  const search = parseSearch(q);
  const words = [...wordsToLookUp(search)];
  return texts
    .filter(({ listed }) => words.every((word) => listed.has(word)))
    .filter(({ indexed }) => search.all.every((term) => hasTerm(term, indexed)))
    .filter(({ indexed }) => !search.none.some((term) => hasTerm(term, indexed)))
    .map(({ id }) => id);
}

describe('an index without positions, and the texts that it lists', () => {
  it('find in every script what the index of the forum finds', () => {
    expect(asked.length).toBeGreaterThanOrEqual(300);
    for (const { q, finds } of asked) expect({ q, finds: found(q) }).toEqual({ q, finds });
  });

  it('find an author by handle and by name', () => {
    const names = 'Linh Nguyễn linh';
    expect([...listedNames(names)]).toEqual(['@linh', '@nguyen']);
    expect([...wordsToLookUp(parseSearch('author:"linh nguyen"'))]).toEqual(['@linh', '@nguyen']);
    expect(['nguyen linh', 'linh nguyễn', 'dara', '!'].map((name) => hasName(name, indexedName(names)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
