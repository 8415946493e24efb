import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { HeapPace } from './heap-pace.ts';

const LEAN = ['--heap-growing-percent=50', '--optimize-for-size', '--parallel-scavenge'];
const AT_WORK = ['--heap-growing-percent=100', '--no-optimize-for-size', '--no-parallel-scavenge'];
const BY_ITSELF = ['--heap-growing-percent=0', '--no-optimize-for-size', '--parallel-scavenge'];

let told: string[];
let pace: HeapPace;

beforeEach(() => {
  jest.useFakeTimers();
  told = [];
  pace = new HeapPace((flag) => told.push(flag));
});
afterEach(() => {
  jest.useRealTimers();
});

test('a heap that nobody keeps lean is left alone', () => {
  pace.atWork();
  jest.runAllTimers();
  expect(told).toEqual([]);
});

test('a lean heap grows faster while there is work, and ten seconds more', () => {
  pace.keepLean();
  expect(told).toEqual(LEAN);
  pace.atWork();
  jest.advanceTimersByTime(9_000);
  pace.atWork();
  jest.advanceTimersByTime(9_000);
  expect(told).toEqual([...LEAN, ...AT_WORK]);
  jest.advanceTimersByTime(1_000);
  expect(told).toEqual([...LEAN, ...AT_WORK, ...LEAN]);
});

test('a hundred small things within a second are work, fewer are none', () => {
  pace.keepLean();
  for (let n = 0; n < 198; n += 1) {
    if (n % 99 === 0) jest.advanceTimersByTime(1_001);
    pace.small();
  }
  expect(told).toEqual(LEAN);
  pace.small();
  expect(told).toEqual([...LEAN, ...AT_WORK]);
  jest.advanceTimersByTime(9_000);
  for (let n = 0; n < 100; n += 1) pace.small();
  jest.advanceTimersByTime(9_999);
  expect(told).toEqual([...LEAN, ...AT_WORK]);
  jest.advanceTimersByTime(1);
  expect(told).toEqual([...LEAN, ...AT_WORK, ...LEAN]);
});

test('at its end V8 has what it began with, and it stays so', () => {
  const end = pace.keepLean();
  pace.atWork();
  end();
  pace.atWork();
  jest.runAllTimers();
  expect(told).toEqual([...LEAN, ...AT_WORK, ...BY_ITSELF]);
});
