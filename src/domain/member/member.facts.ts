import { type Fold, unreachable } from '../../../libs/kernel/index.ts';
import type { Role } from '../../../libs/words/index.ts';
import type { MemberEvent } from './member.events.ts';

/** The facts about a member that other rules may use. */
export interface MemberFacts {
  readonly registeredAt: string;
  roles: readonly Role[];
}

export const memberFacts: Fold<MemberFacts | null, MemberEvent> = {
  initial: () => null,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'MemberRegistered.v1':
        return { registeredAt: fact.envelope.occurredAt, roles: fact.data.roles };
      case 'MemberRolesChanged.v1':
        if (state !== null) state.roles = fact.data.roles;
        return state;
      case 'MemberRenamed.v1':
      case 'MemberLocaleChanged.v1':
      case 'MemberPasswordChanged.v1':
      case 'MemberSessionEnded.v1':
      case 'MemberNameLost.v1':
      case 'EmailConfirmed.v1':
        return state;
      default:
        return unreachable(fact);
    }
  },
};
