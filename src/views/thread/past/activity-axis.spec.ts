import { describe, expect, it } from '@jest/globals';
import { axisOf, PARTS } from './activity-axis.ts';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

describe('the axis of a life', () => {
  it('leaves a busy day most of its room when one comment comes years later', () => {
    const day = Array.from({ length: 100 }, (_, n) => n * MINUTE);
    const axis = axisOf([...day, 5 * YEAR]);
    expect(axis).toHaveLength(PARTS + 1);
    expect([axis[0], axis.at(-1)]).toEqual([0, 5 * YEAR]);
    expect(axis.filter((edge) => edge <= 99 * MINUTE).length).toBeGreaterThan(PARTS * 0.8);
    expect(axis).toEqual(axis.toSorted((a, b) => a - b));
  });

  it('is even where comments come evenly', () => {
    expect(axisOf(Array.from({ length: 61 }, (_, n) => n * MINUTE))).toEqual(
      Array.from({ length: 61 }, (_, n) => n * MINUTE),
    );
  });

  it('is one moment for one, and nothing for none', () => {
    expect(axisOf([5])).toEqual(Array.from({ length: PARTS + 1 }, () => 5));
    expect(axisOf([])).toEqual([]);
  });
});
