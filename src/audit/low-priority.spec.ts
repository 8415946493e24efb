import { describe, expect, it } from '@jest/globals';
import { Pace } from './low-priority.ts';

/** A pace by a clock that moves when it is told to; what it slept is kept. */
function paced(): { pace: Pace; slept: number[]; work: (cpu: number, took: number) => void } {
  let [wall, cpu] = [0, 0];
  const slept: number[] = [];
  const sleep = (milliseconds: number): void => {
    slept.push(milliseconds);
    wall += milliseconds;
  };
  const pace = new Pace({ wall: () => wall, cpu: () => cpu, sleep });
  const work = (used: number, took: number): void => {
    cpu += used;
    wall += took;
    pace.rest();
  };
  return { pace, slept, work };
}

describe('the pace of a thread with the lowest priority', () => {
  it('is without a rest while a processor is free', () => {
    const { work, slept } = paced();
    for (let turn = 0; turn < 10; turn += 1) work(7, 7.5);
    expect(slept).toEqual([]);
  });

  it('rests 39 times as long as it worked while others want the processor, 200 ms at most', () => {
    const { work, slept } = paced();
    work(5, 10);
    work(40, 400);
    work(6, 6);
    work(5, 6);
    expect(slept).toEqual([195, 200, 195]);
  });

  it('looks at stretches of 5 ms, however small the pieces are', () => {
    const { work, slept } = paced();
    for (let piece = 0; piece < 10; piece += 1) work(1, 2);
    expect(slept).toEqual([195, 195]);
  });

  it('does not take its own rest for others who want the processor', () => {
    const { work, slept } = paced();
    work(5, 10);
    work(5, 5);
    expect(slept).toEqual([195]);
  });
});
