import { DomainError, type Fold, unreachable } from '../../../libs/kernel/index.ts';
import type { AppealOutcome, Membership, SanctionKind } from '../../../libs/words/index.ts';
import { requireActive } from '../member/membership.rules.ts';
import type { SanctionEvent } from './sanction.events.ts';

/** The facts about a sanction that other rules may use. */
export interface SanctionFacts {
  readonly sanctionId: string;
  readonly kind: SanctionKind;
  readonly until: string | null;
  /** The moderator who gave it. */
  readonly by: string;
  acknowledged: boolean;
  lifted: boolean;
  appeal: 'none' | 'open' | AppealOutcome;
}

/** What a member may do: whether it was let in, and its sanctions, oldest first. */
export interface StandingFacts {
  /** The forum's facts put it in, from the member's own stream. */
  readonly membership: Membership;
  readonly sanctions: SanctionFacts[];
}

export const standingFacts: Fold<StandingFacts, SanctionEvent> = {
  initial: () => ({ membership: 'active', sanctions: [] }),
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'MemberSanctioned.v1': {
        const { sanctionId, kind, until } = fact.data;
        const by = fact.envelope.actor;
        state.sanctions.push({ sanctionId, kind, until, by, acknowledged: false, lifted: false, appeal: 'none' });
        return state;
      }
      case 'SanctionLifted.v1':
        return change(state, fact.data.sanctionId, (sanction) => {
          sanction.lifted = true;
        });
      case 'WarningAcknowledged.v1':
        return change(state, fact.data.sanctionId, (sanction) => {
          sanction.acknowledged = true;
        });
      case 'SanctionAppealed.v1':
        return change(state, fact.data.sanctionId, (sanction) => {
          sanction.appeal = 'open';
        });
      case 'AppealDecided.v1':
        return change(state, fact.data.sanctionId, (sanction) => {
          sanction.appeal = fact.data.outcome;
        });
      case 'MemberNoted.v1':
        return state;
      default:
        return unreachable(fact);
    }
  },
};

function change(state: StandingFacts, sanctionId: string, how: (sanction: SanctionFacts) => void): StandingFacts {
  for (const sanction of state.sanctions) if (sanction.sanctionId === sanctionId) how(sanction);
  return state;
}

/** A warning is in force until it is acknowledged, a suspension until its time, the others until they are lifted. */
export function isInForce({ kind, until, acknowledged, lifted }: SanctionFacts, now: string): boolean {
  if (lifted || (kind === 'warning' && acknowledged)) return false;
  return until === null || Date.parse(until) > Date.parse(now);
}

export function sanctionInForce(
  { sanctions }: StandingFacts,
  kind: SanctionKind,
  now: string,
): SanctionFacts | undefined {
  return sanctions.find((sanction) => sanction.kind === kind && isInForce(sanction, now));
}

/**
 * Throws DomainError `banned`, `membership_waiting`, `membership_refused`, `suspended` (with the time) or
 * `warning_open`; a member with one of these contributes nothing.
 */
export function requireMayTakePart(standing: StandingFacts, now: string): void {
  if (sanctionInForce(standing, 'ban', now)) throw new DomainError('banned', 'This account was banned from the forum.');
  requireActive(standing.membership);
  const suspension = sanctionInForce(standing, 'suspension', now);
  if (suspension) {
    const until = suspension.until === null ? '' : ` until ${suspension.until}`;
    throw new DomainError('suspended', `This account is suspended${until}: it can read, but not contribute.`);
  }
  if (sanctionInForce(standing, 'warning', now)) {
    throw new DomainError('warning_open', 'A moderator has warned you: read the warning and confirm it first.');
  }
}
