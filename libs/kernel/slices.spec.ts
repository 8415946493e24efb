import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { atOnce, Slices } from './slices.ts';

/** Counts the turns of the event loop. */
class Turns {
  count = 0;
  #isOver = false;

  begin(): void {
    setImmediate(() => {
      this.count += 1;
      if (!this.#isOver) this.begin();
    });
  }

  end(): void {
    this.#isOver = true;
  }
}

/** More than a slice. */
const LONG_MS = 11;

function workLong(): void {
  const until = performance.now() + LONG_MS;
  while (performance.now() < until);
}

let turns: Turns;
beforeEach(() => {
  turns = new Turns();
  turns.begin();
});
afterEach(() => turns.end());

function* counting(steps: number, work: () => void): Generator<number, string> {
  for (let step = 0; step < steps; step += 1) {
    work();
    yield step;
  }
  return 'done';
}

describe('work in slices', () => {
  it('lets the event loop turn between two long steps, also of those that wait side by side', async () => {
    const slices = new Slices();
    const at = await Promise.all(
      Array.from({ length: 8 }, () =>
        slices.run(() => {
          workLong();
          return turns.count;
        }),
      ),
    );
    expect(new Set(at).size).toBe(8);
  });

  it('gives each what its own step gives, and the fault that it throws', async () => {
    const slices = new Slices();
    const fault = new Error('of this step');
    const steps = [1, 2, 3].map((n) => slices.run(() => n * n));
    const failing = slices.run(() => {
      throw fault;
    });
    await expect(failing).rejects.toBe(fault);
    expect(await Promise.all(steps)).toEqual([1, 4, 9]);
  });

  it('does many short steps in one turn', async () => {
    const slices = new Slices();
    await Promise.all(Array.from({ length: 1_000 }, () => slices.run(() => undefined)));
    expect(turns.count).toBeLessThan(500);
  });

  it('takes a sequence step by step to its end', async () => {
    const at: number[] = [];
    const work = (): void => {
      workLong();
      at.push(turns.count);
    };
    expect(await new Slices().drain(counting(6, work))).toBe('done');
    expect(new Set(at).size).toBe(6);
  });

  it('waits before a piece that is no single step until the slice is another one', async () => {
    const slices = new Slices();
    await slices.run(workLong);
    const before = turns.count;
    await slices.pause();
    expect(turns.count).toBeGreaterThan(before);
  });
});

it('a sequence that is taken at once lets nobody between', () => {
  expect(atOnce(counting(3, workLong))).toBe('done');
  expect(turns.count).toBe(0);
});
