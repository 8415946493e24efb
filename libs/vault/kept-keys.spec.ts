import { expect, test } from '@jest/globals';
import { KeptKeys } from './kept-keys.ts';

const key = (byte: number): Buffer => Buffer.alloc(32, byte);

test('the keys that were used last are kept, each under its own id', () => {
  const kept = new KeptKeys(3);
  for (const n of [1, 2, 3]) kept.set(`${n}`, key(n));
  expect(kept.get('1')).toEqual(key(1));
  kept.set('4', key(4));
  expect(['1', '2', '3', '4'].map((id) => kept.get(id))).toEqual([key(1), undefined, key(3), key(4)]);
  for (let n = 5; n < 200; n += 1) kept.set(`${n}`, key(n));
  expect(['196', '197', '198', '199'].map((id) => kept.get(id))).toEqual([undefined, key(197), key(198), key(199)]);
});

test('a key that was dropped is kept no more, and what was given before stays what it is', () => {
  const kept = new KeptKeys(3);
  kept.set('1', key(1));
  kept.set('2', key(2));
  const given = kept.get('1');
  kept.delete('1');
  kept.set('3', key(3));
  expect(given).toEqual(key(1));
  expect(['1', '2', '3'].map((id) => kept.get(id))).toEqual([undefined, key(2), key(3)]);
  kept.clear();
  expect(['2', '3'].map((id) => kept.get(id))).toEqual([undefined, undefined]);
});

test('another key of the same id takes its place', () => {
  const kept = new KeptKeys(3);
  for (const n of [1, 2, 3, 4, 5]) kept.set('1', key(n));
  kept.set('2', key(9));
  expect([kept.get('1'), kept.get('2')]).toEqual([key(5), key(9)]);
});

test('the memory of a dropped key is overwritten at once', () => {
  const [alloc, made] = [Buffer.alloc, [] as Buffer[]];
  Buffer.alloc = (...how: Parameters<typeof alloc>) => {
    const bytes = alloc(...how);
    made.push(bytes);
    return bytes;
  };
  const kept = new KeptKeys(3);
  Buffer.alloc = alloc;
  const has = (byte: number): boolean => made.some((bytes) => bytes.includes(Buffer.alloc(32, byte)));
  for (const n of [1, 2, 3]) kept.set(`${n}`, key(n));
  expect([has(1), has(2), has(3)]).toEqual([true, true, true]);
  kept.delete('2');
  kept.set('4', key(4));
  kept.set('5', key(5));
  expect([has(1), has(2), has(3), has(4)]).toEqual([false, false, true, true]);
  kept.clear();
  expect([has(3), has(4), has(5)]).toEqual([false, false, false]);
});
