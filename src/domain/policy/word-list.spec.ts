import { describe, expect, test } from '@jest/globals';
import { foldText } from './folded-text.ts';
import { foldWord } from './word-form.ts';
import { wordFinder } from './word-list.ts';

const find = (words: readonly string[], text: string) => wordFinder(words)(foldText(text.normalize('NFC')));

describe('a word of a script with spaces', () => {
  test.each([
    ['casino', 'Best casino in town', 'casino'],
    ['casino', 'BEST CASINO IN TOWN', 'CASINO'],
    ['casino', 'ｃａｓｉｎｏ here', 'ｃａｓｉｎｏ'],
    ['straße', 'die STRASSE dort', 'STRASSE'],
    ['casino', 'c\u200bas\u00adino', 'c\u200bas\u00adino'],
    ['casino', 'caѕinо now', 'caѕinо'],
    ['casino', 'c4s1n0', 'c4s1n0'],
    ['casino', 'ca$ino', 'ca$ino'],
    ['cloud', 'c1oud', 'c1oud'],
    ['casino', 'caaaaasino', 'caaaaasino'],
    ['cool', 'coooool', 'coooool'],
    ['casino', 'c a s i n o', 'c a s i n o'],
    ['casino', 'see c.a.s.i.n.o!', 'c.a.s.i.n.o'],
    ['casino', 'ca-si-no', 'ca-si-no'],
    ['casino', 'cásínò', 'cásínò'],
    ['online casino', 'an online   casino', 'online   casino'],
    ['online casino', 'ONLINE, casino', 'ONLINE, casino'],
    ['gambl*', 'no gamblers', 'gamblers'],
    ['казино', 'лучшее КАЗИНО', 'КАЗИНО'],
    ['cờ bạc', 'Chơi Cờ Bạc online', 'Cờ Bạc'],
  ])('%s is found in %s', (word, text, part) => {
    expect(find(['other', word], text)).toEqual({ word, part });
  });

  test.each([
    ['ass', 'a class of its own'],
    ['casino', 'casinos'],
    ['casino', 'no ca, si, no'],
    ['online casino', 'online or in a casino'],
    ['ill', 'we all lie, 111 times'],
    ['dit', 'đít và dịt'],
    ['ma', 'má mà mả'],
    ['gambl*', 'I gamb'],
    ['im', 'I m not'],
  ])('%s is not found in %s', (word, text) => {
    expect(find([word], text)).toBeNull();
  });
});

describe('a word of a script without spaces', () => {
  test.each([
    ['การพนัน', 'เว็บการพนันออนไลน์', 'การพนัน'],
    ['พนัน', 'พ นั น', 'พ นั น'],
    ['ການພະນັນ', 'ຫຼິ້ນການພະນັນທຸກມື້', 'ການພະນັນ'],
    ['ល្បែង', 'លេងល្បែងស៊ីសង', 'ល្បែង'],
    ['လောင်းကစား', 'အွန်လိုင်းလောင်းကစားရုံ', 'လောင်းကစား'],
    ['赌博', '网上赌博网站', '赌博'],
    ['赌博', '网上赌 博', '赌 博'],
    ['赌博', '网上赌.博', '赌.博'],
    ['加v信', '请加Ｖ信联系', '加Ｖ信'],
  ])('%s is found in %s', (word, text, part) => {
    expect(find(['other', word], text)).toEqual({ word, part });
  });

  test.each([
    ['กา', 'กาํ'],
    ['บน', 'ทะเบียน'],
    ['ก', 'ก้าว'],
    ['ក', 'ខ្ក'],
    ['赌博', '赌。博'],
  ])('%s is not found in %s, where it would cut a letter or join sentences', (word, text) => {
    expect(find([word], text)).toBeNull();
  });
});

test('the first word in the order of the text is told', () => {
  expect(find(['赌博', 'casino'], 'casino 赌博')).toEqual({ word: 'casino', part: 'casino' });
  expect(find(['casino', '赌博'], '赌博 casino')).toEqual({ word: '赌博', part: '赌博' });
});

test.each([
  ['Casino', 'casino'],
  ['ＣＡＳＩＮＯ', 'casino'],
  ['Online  Casino', 'online casino'],
  ['GAMBL*', 'gambl*'],
  ['赌 博', '赌博'],
  ['!!!', ''],
])('%s is the same entry as %s', (word, form) => {
  expect(foldWord(word)).toBe(form);
});

test('2,000 words are looked for in the longest comment as quickly as three, also in one made to be slow', () => {
  const words = Array.from({ length: 2_000 }, (_, index) => `word${index} number${index}`);
  const few = wordFinder(['casino', '赌博', 'zzz*']);
  const many = wordFinder([...words, 'casino', '赌博', 'zzz*']);
  const texts = [
    'lorem ipsum dolor '.repeat(555),
    'c-'.repeat(5_000),
    'a1'.repeat(5_000),
    '赌 '.repeat(5_000),
    'é'.repeat(10_000),
  ];
  const workOf = (finder: typeof few): number => {
    const start = process.cpuUsage();
    for (const text of texts) expect(finder(foldText(text))).toBeNull();
    return process.cpuUsage(start).user;
  };
  workOf(few);
  workOf(many);
  const ratios = Array.from({ length: 5 }, () => workOf(many) / Math.max(1, workOf(few)));
  expect(Math.min(...ratios)).toBeLessThan(3);
});

test('words that others hide are looked for in the longest comment in some milliseconds, also where none has them', () => {
  const list = ['หี', 'ស្វា', '傻逼', 'ngu', 'địt mẹ'];
  const unknown = Array.from({ length: 2_000 }, (_, n) => `逼${String.fromCodePoint(0x5000 + n)}傻`).join('');
  const pieces = ['หีบเพลง', 'กหีข', 'ស្វាយ', '太傻逼近真相', 'n g u ồ n, ', 'đ ị t m ', 'c\u0301\u0302', unknown];
  for (const piece of pieces) {
    const text = piece.repeat(Math.max(1, Math.floor(10_000 / piece.length)));
    const start = process.cpuUsage();
    find(list, text);
    expect([piece.slice(0, 9), process.cpuUsage(start).user < 300_000]).toEqual([piece.slice(0, 9), true]);
  }
});
