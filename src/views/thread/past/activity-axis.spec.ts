import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { axisOf, nthOf, PARTS } from './activity-axis.ts';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

const axisThrough = (times: readonly number[]): readonly number[] => axisOf(Float64Array.from(times));

describe('the axis of a life', () => {
  it('leaves a busy day most of its room when one comment comes years later', () => {
    const day = Array.from({ length: 100 }, (_, n) => n * MINUTE);
    const axis = axisThrough([...day, 5 * YEAR]);
    expect(axis).toHaveLength(PARTS + 1);
    expect([axis[0], axis.at(-1)]).toEqual([0, 5 * YEAR]);
    expect(axis.filter((edge) => edge <= 99 * MINUTE).length).toBeGreaterThan(PARTS * 0.8);
    expect(axis).toEqual(axis.toSorted((a, b) => a - b));
  });

  it('is even where comments come evenly', () => {
    expect(axisThrough(Array.from({ length: 61 }, (_, n) => n * MINUTE))).toEqual(
      Array.from({ length: 61 }, (_, n) => n * MINUTE),
    );
  });

  it('is one moment for one, and nothing for none', () => {
    expect(axisThrough([5])).toEqual(Array.from({ length: PARTS + 1 }, () => 5));
    expect(axisThrough([])).toEqual([]);
  });

  it('of more times than it is drawn through, runs from the first to the last, in order', () => {
    const axis = axisThrough(Array.from({ length: 120_001 }, (_, n) => n * MINUTE));
    expect(axis).toHaveLength(PARTS + 1);
    expect([axis[0], axis.at(-1)]).toEqual([0, 120_000 * MINUTE]);
    for (const [part, edge] of axis.entries()) expect(Math.abs(edge / MINUTE - part * 2_000)).toBeLessThan(10);
  });
});

describe('the n-th of some numbers', () => {
  it('is the one that stands there once they are sorted', () => {
    const property = fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), fc.nat(), (values, at) => {
      const place = at % values.length;
      expect(nthOf(Float64Array.from(values), place)).toBe(values.toSorted((a, b) => a - b)[place]);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
