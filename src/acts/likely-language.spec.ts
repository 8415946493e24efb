import { expect, test } from '@jest/globals';
import { likelyLanguage } from './likely-language.ts';

test('letters of another language than the chosen one are asked about once', () => {
  const burmese = 'ဆောင်းပါးအတွက် ကျေးဇူးတင်ပါသည်။';
  const asked = (language: Parameters<typeof likelyLanguage>[0]['language'], body: string, before = '') =>
    likelyLanguage({ language, body }, before);
  expect([asked('vi', burmese), asked('my', burmese), asked('vi', burmese, 'vi')]).toEqual(['my', null, null]);
  // Whoever chooses a third one then is asked again.
  expect(asked('th', burmese, 'vi')).toBe('my');
  expect([asked('vi', 'Cảm ơn bài viết này.'), asked('th', 'Cảm ơn bài viết này.')]).toEqual([null, 'vi']);
  // Chinese letters are Japanese too.
  expect([asked('ja', '感謝'), asked('vi', '+1'), asked('km', '+1')]).toEqual([null, null, null]);
});

test('Latin letters are asked about in a language that has others, and in none that may be written so', () => {
  const english = 'Thanks for this article.';
  const asked = (language: Parameters<typeof likelyLanguage>[0]['language'], body = english, before = '') =>
    likelyLanguage({ language, body }, before);
  for (const language of ['my', 'th', 'km', 'lo', 'zh', 'ja', 'ko', 'ar', 'he'] as const)
    expect([language, asked(language), asked(language, english, language)]).toEqual([language, 'latin', null]);
  for (const language of ['en', 'vi', 'fr', 'id', 'tl'] as const) expect(asked(language)).toBeNull();
  expect([asked('th', 'ใช้ iPhone 15 ได้'), asked('my', '`code` https://a.example')]).toEqual([null, null]);
});
