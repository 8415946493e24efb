import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { PacedPush } from './paced-push.ts';

const EVERY_MS = 50;

let pushes: number;
let pace: PacedPush;

beforeEach(() => {
  jest.useFakeTimers();
  pushes = 0;
  pace = new PacedPush(EVERY_MS, () => {
    pushes += 1;
  });
});
afterEach(() => void jest.useRealTimers());

it('pushes at once what comes alone, and collects what comes behind it until the time is over', () => {
  pace.soon();
  pace.soon();
  expect(pushes).toBe(0);
  jest.advanceTimersByTime(1);
  expect(pushes).toBe(1);

  jest.advanceTimersByTime(9);
  pace.soon();
  pace.soon();
  jest.advanceTimersByTime(EVERY_MS - 11);
  expect(pushes).toBe(1);
  jest.advanceTimersByTime(2);
  expect(pushes).toBe(2);

  jest.advanceTimersByTime(EVERY_MS);
  pace.soon();
  jest.advanceTimersByTime(1);
  expect(pushes).toBe(3);
});

it('pushes nothing more once it is closed', () => {
  pace.soon();
  pace.close();
  jest.advanceTimersByTime(EVERY_MS);
  expect(pushes).toBe(0);
});
