import { type Decider, DomainError, unreachable } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { textOf } from '../text.ts';
import { policyOf } from './policy.check.ts';
import type { PolicyCommand, SetPolicy } from './policy.commands.ts';
import type { PolicyEvent } from './policy.events.ts';

/** Whether this version was made, and by whom. */
export interface PolicyState {
  madeBy: string | null;
}

export interface PolicyNeeds {
  /** The newest version; 0 before the first. */
  readonly newest: number;
}

export const policyDecider: Decider<PolicyState, PolicyCommand, PolicyEvent, PolicyNeeds> = {
  initial: () => ({ madeBy: null }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'SetPolicy':
        return set(command, state, needed);
      default:
        return unreachable(command.type);
    }
  },
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'PolicySet.v1':
        state.madeBy = fact.envelope.actor;
        return state;
      default:
        return unreachable(fact.type);
    }
  },
};

function set({ data }: SetPolicy, { madeBy }: PolicyState, { newest }: PolicyNeeds): readonly PolicyEvent[] {
  const { version, restores } = data;
  const policy = policyOf(data.policy);
  const note = textOf(data.note, 'note', TEXT_LIMITS.policyNote);
  if (madeBy !== null || version !== newest + 1) {
    throw new DomainError('stale_revision', `The policy was changed meanwhile; it is at version ${newest}.`);
  }
  return [{ type: 'PolicySet.v1', data: { version, policy, restores }, personal: { note } }];
}
