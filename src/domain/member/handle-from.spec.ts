import { describe, expect, test } from '@jest/globals';
import { displayNameFrom, handlesFrom } from './handle-from.ts';

describe('handles from names of another house', () => {
  test.each([
    [['linh.nguyen', 'Nguyễn Linh'], 'linh.nguyen'],
    [['linh@example.org', 'Nguyễn Thùy Linh'], 'Nguyễn.Thùy.Linh'],
    [['สมชาย ใจดี'], 'สมชาย.ใจดี'],
    [['--Anna!! (work)--'], 'Anna.work'],
    [['ab', 'abc'], 'abc'],
    [['x'.repeat(80)], 'x'.repeat(30)],
  ])('%j become %s', (names, first) => {
    expect(handlesFrom(names)[0]).toBe(first);
  });

  test.each([[['admin']], [['ADM1N']], [['lіnh']], [['раypal']], [['@@@']], [[]], [['😀😀😀']]])(
    'none come from %j',
    (names) => {
      expect(handlesFrom(names)).toEqual([]);
    },
  );

  test('a number follows when the handle is taken, within the length', () => {
    expect(handlesFrom(['anna']).slice(0, 3)).toEqual(['anna', 'anna2', 'anna3']);
    expect(handlesFrom(['x'.repeat(30)])[1]).toBe(`${'x'.repeat(29)}2`);
  });
});

test('display names are the first that readers may see', () => {
  expect(displayNameFrom(['Linh аnh', ' Moderator ', 'Linh Anh'])).toBe('Linh Anh');
  expect(displayNameFrom(['x'.repeat(200)])).toBe('x'.repeat(80));
  expect(displayNameFrom(['admin', ''])).toBeUndefined();
});
