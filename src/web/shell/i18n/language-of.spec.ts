import { describe, expect, it } from '@jest/globals';
import { languageOf } from './language-of.ts';

describe('the language of a text', () => {
  it.each([
    ['<p>ขอบคุณสำหรับบทความ</p>', 'th'],
    ['<p>អរគុណសម្រាប់អត្ថបទ</p>', 'km'],
    ['<p>ຂອບໃຈສຳລັບບົດຄວາມ</p>', 'lo'],
    ['<p>ဒီဆောင်းပါးအတွက် ကျေးဇူးတင်ပါတယ်</p>', 'my'],
    ['<p>感谢分享。</p>', 'zh'],
    ['<p>ありがとうございます。文章</p>', 'ja'],
    ['<p>Tôi đồng ý, nhưng cần thêm thời gian.</p>', 'vi'],
    ['<p>شكرا على المقال</p>', 'ar'],
    ['<p>I agree, but it takes time.</p>', 'en'],
    ['<p>Thank you. In Thai we say ขอบคุณ, and it is meant so by everybody who has ever been there.</p>', 'en'],
    ['<p>ขอบคุณสำหรับบทความเรื่อง <a href="https://example.org/in-latin-letters">ASEAN</a></p>', 'th'],
    ['<p>1, 2, 3 …</p>', undefined],
  ])('%s is %s', (text, language) => {
    expect(languageOf(text)).toBe(language);
  });

  it.each([
    ['fr-CA', 'fr-CA'],
    ['de', 'de'],
    ['th', 'en'],
    // A text in it would have its letters.
    ['vi', 'en'],
  ])('in Latin letters is that of the post around it, where that has these: %s', (around, language) => {
    expect(languageOf('<p>Merci, mais il faut du temps.</p>', around)).toBe(language);
    expect(languageOf('<p>ขอบคุณสำหรับบทความ</p>', around)).toBe('th');
  });
});
