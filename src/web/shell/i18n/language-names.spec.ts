import { expect, test } from '@jest/globals';
import { TEXT_LANGUAGES, TRANSLATION_LANGUAGE_CODES } from '../../../../libs/words/index.ts';
import { languageName, languageNames, namesForBrowser } from './language-names.ts';

/** A language that no program knows, as Burmese is to Chromium. */
const UNKNOWN = 'qaa';

test('a language is named by what the server sent, where the browser knows no name', () => {
  const sent = namesForBrowser({ locale: 'my', reads: ['my'] }) ?? {};
  expect(Object.keys(sent)).toEqual(TEXT_LANGUAGES);
  expect(languageName('en', { locale: 'my', languageNames: sent })).toBe('အင်္ဂလိပ်');
  expect(languageName('fr', { locale: UNKNOWN, languageNames: { fr: 'ပြင်သစ်' } })).toBe('ပြင်သစ်');
  expect(languageNames('th', { locale: UNKNOWN, languageNames: { th: 'ထိုင်း' } })).toBe('ထိုင်း · ไทย');
});

test('names are sent for Burmese, Khmer and Lao alone; without languages that one reads, those of translations', () => {
  for (const locale of ['my', 'km', 'lo'])
    expect(Object.keys(namesForBrowser({ locale }) ?? {})).toEqual(TRANSLATION_LANGUAGE_CODES);
  for (const locale of ['en', 'th', 'vi', 'zh']) expect(namesForBrowser({ locale, reads: ['en'] })).toBeUndefined();
});
