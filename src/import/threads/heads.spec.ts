import { describe, expect, it } from '@jest/globals';
import { type Head, Heads, NumbersById } from './heads.ts';

const FATES = ['visible', 'held', 'left out'] as const;

/** Ids that are numbers, and such as only look like them. */
function idOf(number: number): string {
  if (number % 1_000 === 7) return `0${number}`;
  return number % 1_000 === 8 ? `x-${number}` : String(number * 1_048_576 + 1);
}

describe('the heads of a large thread', () => {
  it('are given as they came, and found by their ids', () => {
    const given = Array.from({ length: 50_000 }, (_, number): Head => {
      const answers = number % 3 === 0 ? null : idOf(number - 1);
      return { id: idOf(number), answers, fate: FATES[number % 3] ?? 'visible' };
    });
    const [heads, numbers] = [new Heads(), new NumbersById()];
    for (const [number, head] of given.entries()) {
      heads.add(head);
      numbers.set(head.id, number);
    }
    expect(heads.length).toBe(given.length);
    expect([...heads.entries()].map(([, head]) => head)).toEqual(given);
    expect(given.map(({ id }) => numbers.get(id))).toEqual(given.map((_, number) => number));
    expect(['', '2', '007', 'x', '1e3'].map((id) => numbers.has(id))).toEqual([false, false, false, false, false]);
    expect(heads.at(given.length)).toBeUndefined();
  });

  it('of an id that comes again keep the number that was set last', () => {
    const numbers = new NumbersById();
    for (const number of [1, 2]) for (const id of ['9', 'x']) numbers.set(id, number);
    expect([numbers.get('9'), numbers.get('x')]).toEqual([2, 2]);
  });
});
