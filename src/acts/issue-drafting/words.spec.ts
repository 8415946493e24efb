import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { LOCALE_CODES } from '../../../libs/words/index.ts';

const folder = new URL('./messages/', import.meta.url);

test('each language has all words of a drafted issue, with the same places', () => {
  expect(readdirSync(folder).toSorted()).toEqual(LOCALE_CODES.map((locale) => `${locale}.json`).toSorted());
  const placesIn = (locale: string) => {
    const messages: unknown = JSON.parse(readFileSync(new URL(`${locale}.json`, folder), 'utf8'));
    return Object.entries(Object(messages)).map(([key, text]) => {
      const other = typeof text === 'string' ? text : JSON.stringify(Reflect.get(Object(text), 'other'));
      return [key, (other.match(/\{\w+\}/g) ?? []).toSorted()];
    });
  };
  for (const locale of LOCALE_CODES) expect(placesIn(locale)).toEqual(placesIn('en'));
});
