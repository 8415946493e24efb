import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Notification } from '../../../libs/client/index.ts';
import { LOCALE_CODES } from '../../../libs/words/index.ts';
import { languageName } from '../shell/i18n/language-names.ts';
import { translator } from '../shell/i18n/translate.ts';
import { toldWords } from './told-words.ts';

const removal: Notification = {
  position: '1',
  kind: 'decision',
  at: '2026-11-26T08:15:00.125Z',
  read: false,
  post: { id: 'p1', slug: 'tea', title: 'Tea' },
  comment: { id: 'c1', author: null, excerpt: null },
  outcome: 'translation-removed',
  translation: { language: 'ja', reason: 'other' },
};

function wordsIn(locale: string) {
  const file = readFileSync(new URL(`../shell/messages/${locale}.json`, import.meta.url), 'utf8');
  return translator(locale, JSON.parse(file));
}

test('a removed translation is told with its language and what it was of, in each language', () => {
  const english = wordsIn('en');
  const { translation: _, ...erased } = removal;
  expect([removal, { ...removal, comment: null }, erased].map((told) => toldWords(told, english))).toEqual([
    'A moderator removed your translation into Japanese of a comment on “Tea”',
    'A moderator removed your translation of “Tea” into Japanese',
    'A moderator removed your translation on “Tea”',
  ]);
  for (const locale of LOCALE_CODES) {
    const words = wordsIn(locale);
    const told = [removal, { ...removal, comment: null }].map((one) => toldWords(one, words));
    const isWhole = (sentence: string) => ['Tea', languageName('ja', words)].every((part) => sentence.includes(part));
    expect([locale, new Set(told).size, told.every(isWhole)]).toEqual([locale, 2, true]);
  }
});
