import { describe, expect, it } from '@jest/globals';
import { madeOnce } from './made-once.ts';

describe('what is made once', () => {
  it('is made with the first question, and the same for all that follow', () => {
    let times = 0;
    const made = madeOnce(() => {
      times += 1;
      return { times };
    });
    expect(times).toBe(0);
    const first = made();
    expect(made()).toBe(first);
    expect(times).toBe(1);
  });

  it('may be nothing', () => {
    let times = 0;
    const made = madeOnce(() => {
      times += 1;
    });
    made();
    made();
    expect(times).toBe(1);
  });
});
