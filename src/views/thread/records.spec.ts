import { describe, expect, it } from '@jest/globals';
import { Records } from './records.ts';

describe('records in blocks', () => {
  it('begin with zeros, and keep what was written in each, in the first block and in those after it', () => {
    const records = new Records(3);
    const count = 40_000;
    for (let place = 0; place < count; place += 1) {
      expect(records.add()).toBe(place);
      records.set(place, 0, place);
      records.set(place, 2, -place - 1);
    }
    const rows = Array.from({ length: count }, (_, place) => [...records.row(place)]);
    expect(rows).toEqual(rows.map((_, place) => [place, 0, -place - 1]));
    expect([records.get(39_999, 0), records.get(39_999, 1), records.get(39_999, 2)]).toEqual([39_999, 0, -40_000]);
    expect(records.count).toBe(count);
  });
});
