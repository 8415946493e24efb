import { describe, expect, it } from '@jest/globals';
import { momentAt, shareAt } from './axis.ts';

const AXIS = [0, 10, 20, 1_000];

describe('the axis of a time machine', () => {
  it('gives each of its parts the same length, however much time is in it', () => {
    expect([0, 10, 20, 510, 1_000].map((at) => shareAt(AXIS, at))).toEqual([0, 1 / 3, 2 / 3, 2.5 / 3, 1]);
  });

  it('leads back to the moment', () => {
    for (const at of [0, 7, 10, 20, 333, 1_000]) expect(momentAt(AXIS, shareAt(AXIS, at))).toBe(at);
  });

  it('ends where there is no length, and outside', () => {
    expect([shareAt([], 5), shareAt([5, 5], 5), shareAt(AXIS, -1), shareAt(AXIS, 2_000)]).toEqual([1, 1, 0, 1]);
  });
});
