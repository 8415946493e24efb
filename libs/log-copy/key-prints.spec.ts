import { describe, expect, test } from '@jest/globals';
import { KeyPrints } from './key-prints.ts';

const keyOf = (number: number) => ({ id: number.toString(16).padStart(32, '0'), key: Buffer.alloc(32, number) });

describe('the prints of keys', () => {
  test('tell which keys were added, in whatever order they are asked', () => {
    const prints = new KeyPrints();
    expect(prints.has(keyOf(0))).toBe(false);
    for (let number = 0; number < 5_000; number += 1) prints.add(keyOf((number * 7) % 5_000));
    const asked = Array.from({ length: 7_000 }, (_, number) => 6_999 - number);
    expect(asked.filter((number) => prints.has(keyOf(number)))).toEqual(asked.filter((number) => number < 5_000));
    prints.add(keyOf(6_000));
    expect([prints.has(keyOf(6_000)), prints.has(keyOf(6_001))]).toEqual([true, false]);
    expect(prints.count).toBe(5_001);
  });

  test('tell how many others have not', () => {
    const [some, others] = [new KeyPrints(), new KeyPrints()];
    for (let number = 0; number < 2_000; number += 1) some.add(keyOf(number));
    for (let number = 3; number < 3_000; number += 1) others.add(keyOf(number));
    expect([some.missingIn(others), some.missingIn(some), some.missingIn(new KeyPrints())]).toEqual([3, 0, 2_000]);
  });

  test('tell a key from another one under its id, and from its destruction', () => {
    const prints = new KeyPrints();
    prints.add(keyOf(1));
    prints.add({ ...keyOf(2), key: null });
    expect(prints.has({ ...keyOf(1), key: Buffer.alloc(32, 9) })).toBe(false);
    expect(prints.has({ ...keyOf(1), key: null })).toBe(false);
    expect(prints.has(keyOf(2))).toBe(false);
    expect([prints.has(keyOf(1)), prints.has({ ...keyOf(2), key: null })]).toEqual([true, true]);
  });
});
