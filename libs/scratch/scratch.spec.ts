import { describe, expect, test } from '@jest/globals';
import { Scratch } from './index.ts';

describe('what a long task remembers', () => {
  test('is given again by its key, in its table alone', () => {
    const scratch = new Scratch();
    const [map, other, lists] = [scratch.map(), scratch.map(), scratch.lists()];
    expect([map.add('a', 'one'), map.add(7, 'seven'), map.add('7', 'text'), map.add('a', 'two')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    map.set('b', 'first');
    map.set('b', 'second');
    for (const value of ['x', 'y', 'z']) lists.add('a', value);
    lists.add('b', 'w');
    expect(['a', 7, '7', 'b', 'c'].map((key) => map.get(key))).toEqual(['one', 'seven', 'text', 'second', undefined]);
    expect(other.get('a')).toBeUndefined();
    expect([lists.of('a', 2), lists.of('c', 2)]).toEqual([['x', 'y'], []]);
    scratch.close();
    expect(() => map.get('a')).toThrow();
  });

  test('is outside of memory beyond a bound', () => {
    const scratch = new Scratch();
    const map = scratch.map();
    const value = 'x'.repeat(1_000);
    for (let key = 0; key < 5_000; key += 1) map.add(key, value);
    const before = process.memoryUsage.rss();
    for (let key = 5_000; key < 65_000; key += 1) map.add(key, value);
    expect(process.memoryUsage.rss() - before).toBeLessThan(32 * 1024 * 1024);
    expect(map.get(9)).toBe(value);
    scratch.close();
  });
});
