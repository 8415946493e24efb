import { type Fold, unreachable } from '../../../libs/kernel/index.ts';
import type { Membership, Role } from '../../../libs/words/index.ts';
import type { MemberEvent } from './member.events.ts';
import { undoneFrom } from './take-back.events.ts';

/** The facts about a member that other rules may use. */
export interface MemberFacts {
  readonly registeredAt: string;
  roles: readonly Role[];
  membership: Membership;
  /** True also for a member without an e-mail address. */
  isConfirmed: boolean;
  /** Where the member was let in that waited, or was refused; null for one that did neither, or still does. */
  letIn: bigint | null;
  /** Each time its owner took the account back: acts from then on, and before this position, may be another's. */
  readonly takenBack: { readonly from: string; readonly position: bigint }[];
  /** Absent until the account is no more. */
  erased?: true;
}

export const memberFacts: Fold<MemberFacts | null, MemberEvent> = {
  initial: () => null,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'MemberRegistered.v2': {
        const { roles, membership, emailReserved } = fact.data;
        return {
          registeredAt: fact.envelope.occurredAt,
          roles,
          membership,
          isConfirmed: !emailReserved,
          letIn: null,
          takenBack: [],
        };
      }
      case 'MemberRolesChanged.v1':
        if (state !== null) state.roles = fact.data.roles;
        return state;
      case 'MemberScreened.v1':
        return state;
      case 'EmailConfirmed.v1':
      case 'EmailChanged.v1':
        if (state !== null) state.isConfirmed = true;
        return state;
      case 'MemberApproved.v1':
        if (state !== null) Object.assign(state, { membership: 'active', letIn: fact.envelope.position });
        return state;
      case 'MemberRefused.v1':
        if (state !== null) state.membership = 'refused';
        return state;
      case 'AccountTakenBack.v1':
        state?.takenBack.push({ from: undoneFrom(fact.data.since), position: fact.envelope.position });
        return state;
      case 'MemberErased.v1':
        return state && { ...state, roles: [], membership: 'refused', erased: true };
      case 'ProviderLinked.v1':
      case 'ProviderUnlinked.v1':
      case 'MemberRenamed.v1':
      case 'MemberLocaleChanged.v1':
      case 'MemberPageChosen.v1':
      case 'MemberQuotingChosen.v1':
      case 'MemberLanguagesChosen.v1':
      case 'MemberTranslationsChosen.v1':
      case 'MemberPasswordChanged.v1':
      case 'MemberSessionEnded.v1':
      case 'MemberSessionOpened.v1':
      case 'MemberSessionsEnded.v1':
      case 'SecondFactorOffered.v1':
      case 'SecondFactorTurnedOn.v1':
      case 'SecondFactorTurnedOff.v1':
      case 'SecondFactorUsed.v1':
      case 'RecoveryCodesMade.v1':
      case 'RecoveryCodeUsed.v1':
      case 'PasskeyAdded.v1':
      case 'PasskeyRemoved.v1':
      case 'PasskeyUsed.v1':
      case 'MemberNameLost.v1':
      case 'EmailChangeAsked.v1':
      case 'EmailChangeDropped.v1':
        return state;
      default:
        return unreachable(fact);
    }
  },
};

/** Whether it was done before the member was let in, or its owner, who took the account back since, may not have done it. */
export function isUndone(
  { letIn, takenBack }: Pick<MemberFacts, 'letIn' | 'takenBack'>,
  act: { readonly at: string; readonly position: bigint },
): boolean {
  if (letIn !== null && act.position < letIn) return true;
  return takenBack.some(({ from, position }) => Date.parse(act.at) >= Date.parse(from) && act.position < position);
}
