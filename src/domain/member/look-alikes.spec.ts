import { describe, expect, test } from '@jest/globals';
import { isOfOneScript, looksLikeName, readingsOf, skeletonsOf } from './look-alikes.ts';

const share = (one: string, other: string): boolean =>
  skeletonsOf(one).some((look) => skeletonsOf(other).includes(look));

describe('a name', () => {
  test.each([
    'somchai',
    'Đỗ.Nam-1',
    'สมชาย',
    'ສົມ-ໄຊ',
    'ថារ៉ា',
    'ဇော်_၁',
    '小明',
    'Tom小明',
    '김Lee',
    'ひらカナ漢A',
    '12.3',
    'Ελένη',
    'Анна',
  ])('%s is of one script, or of those that are written together', (name) => {
    expect(isOfOneScript(name)).toBe(true);
  });

  test.each(['аdmin', 'pаypal', 'somchaiสม', 'ลาวລາວ', 'Annа', 'Νikos', 'ကmy', '小Анна'])(
    '%s mixes scripts',
    (name) => {
      expect(isOfOneScript(name)).toBe(false);
    },
  );

  test.each([
    ['linh', 'Iinh'],
    ['linh', '1inh'],
    ['modern', 'modem'],
    ['o0o', 'OOO'],
    ['scope', 'ѕсоре'],
  ])('%s looks like %s', (one, other) => {
    expect(share(one, other)).toBe(true);
  });

  test.each([
    ['linh', 'lính'],
    ['ดา', 'คา'],
    ['ຝນ', 'ພນ'],
    ['小明', '小朋'],
    ['member-1', 'member-2'],
  ])('%s is told apart from %s', (one, other) => {
    expect(share(one, other)).toBe(false);
  });
});

const isRead = (one: string, other: string): boolean =>
  readingsOf(one).some((look) => readingsOf(other).includes(look));

test.each([
  ['thief', 'thi\u0332ef'],
  ['thief', 'th1ef'],
  ['lily', '1i1y'],
  ['lily', '11ly'],
  ['noon', 'n00n'],
  ['lé', 'lé\u0332'],
  ['Нина', 'Ни\u0332на'],
  ['ดา', 'ดา\u0332'],
  ['ด่า', 'ด่่า'],
  ['111111', 'iiiiii'],
])('%s is read as %s', (one, other) => {
  expect([isRead(one, other), isRead(other, one)]).toEqual([true, true]);
});

test.each([
  ['hoa', 'hoà'],
  ['hòa', 'hóa'],
  ['ngoc', 'ngọc'],
  ['duc', 'đức'],
  ['ดา', 'ด่า'],
  ['ដា', 'ដ៉ា'],
  ['မင်း', 'မင်'],
  ['ດາ', 'ດ້າ'],
  ['alice', 'allce'],
  ['linh', 'linh2'],
  ['คา1', 'คา2'],
])('%s is not read as %s', (one, other) => {
  expect(isRead(one, other)).toBe(false);
});

test.each([
  ...['Ⓐdmin', 'ⒶⒹⓂⒾⓃ', '🄰🄳🄼🄸🄽', '🅐🅓🅜🅘🅝', '🅰dmin', '⒜⒟⒨⒤⒩', '\u{1f1e6}\u{1f1e9}\u{1f1f2}\u{1f1ee}\u{1f1f3}'],
  ...['admㅣn', 'adm丨n'],
])('%s looks like admin at a glance', (name) => {
  expect(looksLikeName(name, 'admin')).toBe(true);
});

test.each(['bㅇss', 'bᄋss', 'bロss'])('%s looks like boss at a glance', (name) => {
  expect(looksLikeName(name, 'boss')).toBe(true);
});

test.each(['김영호', 'ロボ', '李小口', 'Ádám', '🇰🇭'])('%s looks like neither', (name) => {
  expect(['admin', 'boss'].map((other) => looksLikeName(name, other))).toEqual([false, false]);
});
