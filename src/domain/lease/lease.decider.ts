import { type Decider, DomainError } from '../../../libs/kernel/index.ts';
import { LEASE_GRACE_MS } from '../../../libs/words/index.ts';
import type { TakeLease } from './lease.commands.ts';
import type { LeaseEvent } from './lease.events.ts';

export interface LeaseState {
  holder: string | null;
  until: string;
  term: number;
  tasks: Set<string>;
}

/** A lease that is in force belongs to its holder alone; the clocks of nodes may differ by the grace. */
export const leaseDecider: Decider<LeaseState, TakeLease, LeaseEvent, null> = {
  initial: () => ({ holder: null, until: '', term: 0, tasks: new Set() }),
  decide: ({ data, meta }, state) => {
    const { reactor, holder, until, reached } = data;
    const isRenewal = state.holder === holder;
    if (!isRenewal && isInForce(state, Date.parse(meta.now))) {
      throw new DomainError('conflict', `Another node has the lease of ${reactor} until ${state.until}.`);
    }
    const begins = data.tasks.filter((task) => !state.tasks.has(task));
    const term = isRenewal ? state.term : state.term + 1;
    return [
      {
        type: 'LeaseTaken.v1',
        data: { reactor, holder, until, term, begins, ...(reached !== undefined && { reached }) },
        personal: null,
      },
    ];
  },
  evolve: (state, { data }) => {
    state.holder = data.holder;
    state.until = data.until;
    state.term = data.term;
    for (const task of data.begins) state.tasks.add(task);
    return state;
  },
};

function isInForce({ holder, until }: LeaseState, now: number): boolean {
  return holder !== null && now < Date.parse(until) + LEASE_GRACE_MS;
}
