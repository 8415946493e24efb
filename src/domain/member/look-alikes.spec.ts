import { describe, expect, test } from '@jest/globals';
import { isOfOneScript, skeletonsOf } from './look-alikes.ts';

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
