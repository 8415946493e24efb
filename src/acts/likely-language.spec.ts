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
  // Latin letters are those of many languages, and Chinese ones are Japanese too.
  expect([asked('km', 'Thanks for this article.'), asked('ja', '感謝'), asked('vi', '+1')]).toEqual([null, null, null]);
});
