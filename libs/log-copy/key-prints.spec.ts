import { describe, expect, test } from '@jest/globals';
import { KeyPrints } from './key-prints.ts';

const keyOf = (number: number) => ({ id: number.toString(16).padStart(32, '0'), key: Buffer.alloc(32, number) });

describe('the prints of keys', () => {
  test('tell which keys another vault has not, in whatever order it gives them', () => {
    const prints = new KeyPrints();
    for (let number = 0; number < 5_000; number += 1) prints.add(keyOf(number));
    expect([prints.count, prints.unseen()]).toEqual([5_000, 5_000]);
    for (let number = 4_999; number >= 2; number -= 1) prints.see(keyOf(number));
    prints.see(keyOf(7_000));
    expect(prints.unseen()).toBe(2);
    prints.see(keyOf(0));
    prints.see(keyOf(1));
    expect(prints.unseen()).toBe(0);
  });

  test('tell a key from another one under its id, and from its destruction', () => {
    const prints = new KeyPrints();
    prints.add(keyOf(1));
    prints.add({ ...keyOf(2), key: null });
    prints.see({ ...keyOf(1), key: Buffer.alloc(32, 9) });
    prints.see({ ...keyOf(1), key: null });
    prints.see(keyOf(2));
    expect(prints.unseen()).toBe(2);
    prints.see(keyOf(1));
    prints.see({ ...keyOf(2), key: null });
    expect(prints.unseen()).toBe(0);
  });
});
