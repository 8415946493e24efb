import { EventEmitter } from 'node:events';
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

test('while a thread begins V8 has its own settings, with which all that is compiled fits', () => {
  pace.keepLean();
  const [one, other] = [new EventEmitter(), new EventEmitter()];
  pace.threadBegins(one);
  pace.threadBegins(other);
  expect(told).toEqual([...LEAN, ...BY_ITSELF]);
  one.emit('message', 'opened');
  one.emit('exit', 0);
  pace.atWork();
  expect(told).toEqual([...LEAN, ...BY_ITSELF]);
  other.emit('exit', 1);
  expect(told).toEqual([...LEAN, ...BY_ITSELF, ...AT_WORK]);
});

test('a thread that says nothing has begun after a second', () => {
  pace.keepLean();
  pace.threadBegins(new EventEmitter());
  jest.advanceTimersByTime(999);
  expect(told).toEqual([...LEAN, ...BY_ITSELF]);
  jest.advanceTimersByTime(1);
  expect(told).toEqual([...LEAN, ...BY_ITSELF, ...LEAN]);
});

test('of a heap that nobody keeps lean threads change nothing, nor does one that begins at its end', () => {
  pace.threadBegins(new EventEmitter());
  expect(told).toEqual([]);
  const end = pace.keepLean();
  const last = new EventEmitter();
  pace.threadBegins(last);
  end();
  last.emit('exit', 0);
  expect(told).toEqual([...LEAN, ...BY_ITSELF, ...BY_ITSELF]);
});
