import { describe, expect, it } from '@jest/globals';
import { toldLanguage } from './index.ts';

const SITE = ['en', 'vi', 'th', 'km', 'lo', 'my', 'zh'] as const;

describe('the language that a text is written in', () => {
  it.each([
    ['ขอบคุณสำหรับบทความ', 'th'],
    ['អរគុណសម្រាប់អត្ថបទ', 'km'],
    ['ຂອບໃຈສຳລັບບົດຄວາມ', 'lo'],
    ['ဒီဆောင်းပါးအတွက် ကျေးဇူးတင်ပါတယ်', 'my'],
    ['感谢分享。', 'zh'],
    ['ありがとうございます。文章', 'ja'],
    ['감사합니다', 'ko'],
    ['Tôi đồng ý, nhưng cần thêm thời gian.', 'vi'],
    ['Tôi đồng ý, nhưng cần thêm thời gian.'.normalize('NFD'), 'vi'],
    ['Hello Calum! This is such a very interesting post. Thank you for sharing.', 'en'],
    ['In Thai we say ขอบคุณ, and it is meant so by everybody who has ever been there.', 'en'],
    ['ขอบคุณสำหรับบทความเรื่อง https://example.org/in-latin-letters-only-and-many-of-them', 'th'],
  ])('%s is %s', (text, language) => {
    expect(toldLanguage(text, SITE)).toBe(language);
  });

  it.each([
    ['a short one', 'Thanks!'],
    ['one in another language', "Pas forcément du même avis pour le troisième, mais intéressant quoi qu'il en soit !"],
    ['one without words', '1, 2, 3 … 👍 https://example.org/an-address'],
    ['code', '```\nselect all from the words where this is english\n```'],
    ['nothing', ''],
  ])('%s has none', (_, text) => {
    expect(toldLanguage(text, SITE)).toBeNull();
  });

  it('is one of the languages that are asked for', () => {
    const french = "Pas forcément du même avis pour le troisième, mais intéressant quoi qu'il en soit !";
    expect([
      toldLanguage(french, ['en', 'fr']),
      toldLanguage('It is what everybody says who was there.', ['th']),
    ]).toEqual(['fr', null]);
  });

  it('is that of the answer, not of what it quotes', () => {
    const quoting = '> It is what everybody says who has ever been there, and so it goes on and on.\n\nเห็นด้วย';
    expect(toldLanguage(quoting, SITE)).toBe('th');
  });

  it('is told of the beginning alone, so that a long text costs no more', () => {
    const text = `${'`'.repeat(500_000)}${'<'.repeat(500_000)}`;
    const begun = performance.now();
    toldLanguage(text, SITE);
    expect(performance.now() - begun).toBeLessThan(50);
  });
});
