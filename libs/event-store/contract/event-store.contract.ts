import { describe, jest } from '@jest/globals';
import { describeAppending } from './appending.contract.ts';
import type { OpenLog } from './opened-log.ts';
import { describeReading } from './reading.contract.ts';
import { describeEnding, describeSubscribing } from './subscribing.contract.ts';

export type { OpenedLog } from './opened-log.ts';

/** Each test waits for conditions, so the limit only ends hanging tests; it leaves room for a busy machine. */
const TIMEOUT_MS = 60_000;

/** The behaviour of every adapter of the log; each test opens an empty log of its own. */
export function describeEventStore(name: string, open: OpenLog): void {
  jest.setTimeout(TIMEOUT_MS);
  describe(`${name}: appending`, () => describeAppending(open));
  describe(`${name}: reading`, () => describeReading(open));
  describe(`${name}: subscribing`, () => describeSubscribing(open));
  describe(`${name}: ending`, () => describeEnding(open));
}
