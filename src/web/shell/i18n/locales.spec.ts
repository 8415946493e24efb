import { describe, expect, it } from '@jest/globals';
import { acceptedLanguages, chooseLocale, directionOf } from './locales.ts';

describe('the reader’s language', () => {
  it('is the member’s, else what was chosen here, else what the browser asks for, else English', () => {
    const wishes = { member: 'km', cookie: 'lo', acceptLanguage: 'th' };

    expect(chooseLocale(wishes)).toBe('km');
    expect(chooseLocale({ ...wishes, member: 'fr' })).toBe('lo');
    expect(chooseLocale({ ...wishes, member: undefined, cookie: '../en' })).toBe('th');
    expect(chooseLocale({ acceptLanguage: 'fr, de;q=0.5' })).toBe('en');
    expect(chooseLocale({})).toBe('en');
  });

  it.each([
    ['zh-Hant-TW, en;q=0.8', 'zh'],
    ['en;q=0.1, my;q=0.9', 'my'],
    ['vi;q=0, th', 'th'],
    ['*', 'en'],
    [';;;,,q=1', 'en'],
    ['th'.repeat(10_000), 'en'],
  ])('asked for as %s is %s', (acceptLanguage, locale) => {
    expect(chooseLocale({ acceptLanguage })).toBe(locale);
  });

  it('is read in the order of its weights', () => {
    expect(acceptedLanguages('lo;q=0.2, km, th;q=0.7')).toEqual(['km', 'th', 'lo']);
  });

  it('runs from right to left where it is written so', () => {
    expect(['ar', 'he-IL', 'fa', 'en', 'my'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
  });
});
