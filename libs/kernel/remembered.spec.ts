import { describe, expect, it } from '@jest/globals';
import { remembered, rememberedLast } from './remembered.ts';

describe('what is remembered of a text', () => {
  it('is worked out once, and again for a long text', () => {
    const asked: string[] = [];
    const lengthOf = remembered((text) => asked.push(text) && text.length);
    const long = 'x'.repeat(201);
    expect(['th', 'en', 'th', long, long].map(lengthOf)).toEqual([2, 2, 2, 201, 201]);
    expect(asked).toEqual(['th', 'en', long, long]);
  });

  it('is forgotten when there is too much of it', () => {
    let times = 0;
    const count = remembered(() => ++times);
    for (let n = 0; n < 501; n += 1) count(String(n));
    expect([count('500'), count('0')]).toEqual([501, 502]);
  });

  it('is what came of the last text alone, however long', () => {
    let times = 0;
    const count = rememberedLast(() => ++times);
    const long = 'x'.repeat(201);
    expect([long, long, 'th', 'th', long].map(count)).toEqual([1, 1, 2, 2, 3]);
  });
});
