import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { inUnicode } from './index.ts';

const { uni2zg, zg2uni }: typeof import('rabbit-node') = createRequire(import.meta.url)('rabbit-node');
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

  it('is written anew in many parts as in each alone, whatever stands at their ends', () => {
    const letters = [
      ...'\u1000\u1001\u1005\u1025\u102b\u102c\u102d\u102f\u1031\u1036\u1037\u1038\u1039\u103a\u103b\u103c\u1040\u1041\u1047\u1064\u1094 /\r',
    ];
    let seed = 7;
    const any = (): number => (seed = (seed * 48_271) % 2_147_483_647);
    const parts = Array.from({ length: 3_000 }, () => {
      return Array.from({ length: any() % 7 }, () => letters[any() % letters.length]).join('');
    });
    const lines = parts.map((part) => `\u1040${part}\u1031\u1000\u1039 ${part}\u1040`);
    const anew = lines.filter((line) => inUnicode(line) !== line);
    expect(anew.length).toBeGreaterThan(500);
    for (const between of ['\n', '`a`']) {
      expect(inUnicode(anew.join(between)) === anew.map((line) => zg2uni(line)).join(between)).toBe(true);
    }
    expect(inUnicode(lines.join('\n')) === lines.map((line) => inUnicode(line)).join('\n')).toBe(true);
  });

  it('takes time in proportion to its length', () => {
    const started = performance.now();
    expect(inUnicode('ျမန္မာနိုင္ငံ '.repeat(14_000)).startsWith('မြန်မာနိုင်ငံ မြန်')).toBe(true);
    expect(performance.now() - started).toBeLessThan(5_000);
    const processorTime = (text: string): number => {
      const before = process.cpuUsage();
      inUnicode(text);
      return process.cpuUsage(before).user;
    };
    const word = 'ျမန္မာ';
    const long = processorTime(`${word} `.repeat(25_000));
    const times = ['\n', ' `a` ', ' http://a.example '].map((between) =>
      processorTime(`${word}${between}`.repeat(25_000)),
    );
    expect(Math.max(...times)).toBeLessThan(10 * long);
  });
});
