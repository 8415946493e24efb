import { describe, test } from '@jest/globals';
import { LEASE_GRACE_MS } from '../../../libs/words/index.ts';
import { given, metaOf, NOW } from '../../../test/support/given.ts';
import { TakeLease } from './lease.commands.ts';
import { leaseDecider } from './lease.decider.ts';
import type { LeaseTaken } from './lease.events.ts';

const after = (ms: number): string => new Date(Date.parse(NOW) + ms).toISOString();
const take = (holder: string, atMs: number, tasks: readonly string[] = ['test']) =>
  new TakeLease({ reactor: 'mail', holder, until: after(atMs + 30_000), tasks }, metaOf({ now: after(atMs) }));
const taken = (holder: string, atMs: number, over: Partial<LeaseTaken['data']> = {}): LeaseTaken => ({
  type: 'LeaseTaken.v1',
  data: { reactor: 'mail', holder, until: after(atMs + 30_000), term: 1, begins: [], ...over },
  personal: null,
});

describe('a lease', () => {
  test('that nobody has is taken, and names its tasks', () => {
    given(leaseDecider, [])
      .when(take('a', 0), null)
      .then([taken('a', 0, { begins: ['test'] })]);
  });

  test('in force is renewed by its holder and refused to others, whose clocks may be ahead', () => {
    const first = taken('a', 0, { begins: ['test'] });
    given(leaseDecider, [first])
      .when(take('a', 20_000), null)
      .then([taken('a', 20_000)]);
    given(leaseDecider, [first]).when(take('b', 20_000), null).thenRefused('conflict');
    given(leaseDecider, [first])
      .when(take('b', 30_000 + LEASE_GRACE_MS - 1), null)
      .thenRefused('conflict');
  });

  test('that has run out is taken by another, in a term of its own', () => {
    const later = 30_000 + LEASE_GRACE_MS;
    given(leaseDecider, [taken('a', 0, { begins: ['test'] })])
      .when(take('b', later), null)
      .then([taken('b', later, { term: 2 })]);
  });

  test('names only the tasks that none before has named', () => {
    given(leaseDecider, [taken('a', 0, { begins: ['test'] })])
      .when(take('a', 1_000, ['test', 'digest']), null)
      .then([taken('a', 1_000, { begins: ['digest'] })]);
  });
});
