import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { inUnicode } from './index.ts';

const { uni2zg }: typeof import('rabbit-node') = createRequire(import.meta.url)('rabbit-node');
const texts: unknown = JSON.parse(readFileSync(new URL('../../test/search/texts.json', import.meta.url), 'utf8'));
const burmese = Object.values(Object(texts))
  .map(String)
  .filter((text) => /\p{Script=Myanmar}/u.test(text));
/** Of two spellings that look the same, Zawgyi has one. */
const asWritten = burmese.filter((text) => !text.includes('စျ'));

describe('Burmese', () => {
  it.each([
    ['ျမန္မာနိုင္ငံ', 'မြန်မာနိုင်ငံ'],
    ['မိတ္ေဆြ', 'မိတ်ဆွေ'],
    ['ေနေကာင္းလား။ hello', 'နေကောင်းလား။ hello'],
  ])('that is written in Zawgyi, as %s, is written anew as %s', (zawgyi, unicode) => {
    expect(inUnicode(zawgyi)).toBe(unicode);
  });

  it('is told line by line, since an answer may quote what another one wrote', () => {
    expect(inUnicode('> ျမန္မာနိုင္ငံ\n\nမြန်မာနိုင်ငံသည် လှပသည်')).toBe('> မြန်မာနိုင်ငံ\n\nမြန်မာနိုင်ငံသည် လှပသည်');
  });

  it.each([
    ['https://my.wikipedia.org/wiki/မြန်မာနိုင်ငံ ေက်ာင္းသားမ်ား', 'https://my.wikipedia.org/wiki/မြန်မာနိုင်ငံ ကျောင်းသားများ'],
    ['ေက်ာင္းသားမ်ား `ဗုဒ္ဓ` ဖတ္ပါ', 'ကျောင်းသားများ `ဗုဒ္ဓ` ဖတ်ပါ'],
    ['[ေက်ာင္း](https://a.example/ဗုဒ္ဓ_(က)) ေက်ာင္း', '[ကျောင်း](https://a.example/ဗုဒ္ဓ_(က)) ကျောင်း'],
    ['ေက်ာင္း  two   spaces\tand a tab  ', 'ကျောင်း  two   spaces\tand a tab  '],
  ])('keeps addresses, code and spaces of such a line: %s', (zawgyi, unicode) => {
    expect(inUnicode(zawgyi)).toBe(unicode);
  });

  it.each([...burmese, 'no Burmese', 'ภาษาไทย', '', '\0 '])('that is Unicode already, or none, stays: %s', (text) => {
    expect(inUnicode(text)).toBe(text);
  });

  it.each(asWritten)('%s is the same text after Zawgyi', (text) => {
    expect(inUnicode(uni2zg(text)).normalize('NFC')).toBe(text.normalize('NFC'));
  });

  it('takes time in proportion to its length', () => {
    const started = performance.now();
    expect(inUnicode('ျမန္မာနိုင္ငံ '.repeat(14_000)).startsWith('မြန်မာနိုင်ငံ မြန်')).toBe(true);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
