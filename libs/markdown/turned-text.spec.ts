import { expect, test } from '@jest/globals';
import { turnedText } from './turned-text.ts';

test.each([
  ['a text without signs of direction', 'abc אבג', null],
  ['an override', 'say \u202ecba\u202c now', 'say abc now'],
  ['an override over marks, which stay on their letters', '\u202eba\u0301\u202c', 'a\u0301b'],
  ['an isolate, whose own words keep their order', '\u2067abc def\u2069', 'abc def'],
  ['isolates in an isolate', '\u2067\u2066def\u2069\u2066abc\u2069\u2069', 'abcdef'],
  ['a paragraph from right to left', '\u200fdef\u200fabc', 'abcdef'],
  ['letters from right to left', '\u2066אבג\u2069', 'גבא'],
  ['numbers among them', '\u2066אב 12 ג\u2069', 'ג 12 בא'],
  ['a sign that closes nothing', 'a\u202cb\u2069c\u200f', 'abc'],
  ['two lines', '\u202ecba\u202c\n\u202efed\u202c', 'abc\ndef'],
])('%s', (_, text, seen) => {
  expect(turnedText(text)).toBe(seen);
});

test('the largest comment is turned in some milliseconds, however deep it is', () => {
  for (const text of [
    '\u2067a'.repeat(2_500) + '\u2069'.repeat(2_500),
    '\u2068'.repeat(5_000),
    '\u202ea\u202c'.repeat(3_300),
  ]) {
    const start = process.cpuUsage();
    turnedText(text);
    expect(process.cpuUsage(start).user).toBeLessThan(500_000);
  }
});
