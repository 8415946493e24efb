import { type Decider, DomainError, isErased, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { isOfficer, type Role, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { invalid, textOf } from '../text.ts';
import type {
  AcknowledgeWarning,
  AppealSanction,
  DecideAppeal,
  LiftSanction,
  NoteMember,
  SanctionCommand,
  SanctionMember,
} from './sanction.commands.ts';
import type { MemberSanctioned, SanctionEvent } from './sanction.events.ts';
import { isInForce, type SanctionFacts, type StandingFacts, sanctionInForce, standingFacts } from './standing.facts.ts';

const LONGEST_SUSPENSION_MS = 366 * 24 * 3_600_000;

export interface SanctionNeeds {
  /** The roles of the member to be sanctioned; null when there is no such member. */
  readonly roles: readonly Role[] | null;
}

/** The sanctions as they were first given, by id; a repeated command is compared with these. */
export interface SanctionState extends StandingFacts {
  readonly given: Map<string, Remembered<MemberSanctioned>>;
}

export const sanctionDecider: Decider<SanctionState, SanctionCommand, SanctionEvent, SanctionNeeds> = {
  initial: () => ({ ...standingFacts.initial(), given: new Map() }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'SanctionMember':
        return sanction(command, state, needed);
      case 'LiftSanction':
        return lift(command, state);
      case 'AcknowledgeWarning':
        return acknowledge(command, state);
      case 'AppealSanction':
        return appeal(command, state);
      case 'DecideAppeal':
        return decideAppeal(command, state);
      case 'NoteMember':
        return note(command, needed);
      default:
        return unreachable(command);
    }
  },
  evolve: (state, fact) => {
    standingFacts.evolve(state, fact);
    if (fact.type === 'MemberSanctioned.v1') state.given.set(fact.data.sanctionId, fact);
    return state;
  },
};

/** A sanction that is in force, sent again by the moderator who gave it, changes nothing. */
function sanction(
  { data, meta }: SanctionMember,
  state: SanctionState,
  needed: SanctionNeeds,
): readonly SanctionEvent[] {
  const { memberId, sanctionId, kind, reason, commentId } = data;
  requireMayRule(data, needed);
  const until = untilOf(data, meta.now);
  const statement = textOf(data.statement, 'statement', TEXT_LIMITS.statement);
  const fact: MemberSanctioned = {
    type: 'MemberSanctioned.v1',
    data: { memberId, sanctionId, kind, until, reason, commentId },
    personal: { statement },
  };
  const inForce = sanctionInForce(state, kind, meta.now);
  if (inForce === undefined) return [fact];
  const before = state.given.get(inForce.sanctionId);
  if (before?.envelope.actor === data.by.memberId && isSameSanction(fact, before)) return [];
  throw new DomainError('already_decided', `This member is under a ${kind} already; lift it first.`);
}

/** An erased statement cannot be compared, so it counts as equal. */
function isSameSanction({ data, personal }: MemberSanctioned, before: Remembered<MemberSanctioned>): boolean {
  return (
    data.until === before.data.until &&
    data.reason === before.data.reason &&
    data.commentId === before.data.commentId &&
    (isErased(before.personal) || personal.statement === before.personal.statement)
  );
}

/**
 * Moderators sanction neither themselves, nor each other, nor auditors and admins; an admin takes the role away first.
 */
function requireMayRule({ memberId, by }: SanctionMember['data'], { roles }: SanctionNeeds): void {
  if (roles === null) throw new DomainError('member_not_found', 'There is no such member.');
  if (memberId === by.memberId) throw new DomainError('forbidden', 'Nobody can sanction themselves.');
  if (isOfficer(roles)) {
    const detail = 'Moderators, auditors and admins cannot be sanctioned; an admin takes their role first.';
    throw new DomainError('forbidden', detail);
  }
}

function untilOf({ kind, until }: SanctionMember['data'], now: string): string | null {
  if (kind !== 'suspension') {
    if (until !== null && kind !== 'pre-moderation') throw invalid('until', `cannot be given for a ${kind}`);
    return until === null ? null : timeOf(until, now);
  }
  if (until === null) throw invalid('until', 'must say when the suspension ends');
  return timeOf(until, now);
}

function timeOf(until: string, now: string): string {
  const left = Date.parse(until) - Date.parse(now);
  if (!(left > 0)) throw invalid('until', 'must be a time to come');
  if (left > LONGEST_SUSPENSION_MS) throw invalid('until', 'must be within a year; for longer there is the ban');
  return new Date(until).toISOString();
}

function lift({ data, meta }: LiftSanction, state: StandingFacts): readonly SanctionEvent[] {
  const { memberId, kind, by } = data;
  requireOther(memberId, by.memberId);
  const text = textOf(data.note, 'note', TEXT_LIMITS.decisionNote);
  return state.sanctions
    .filter((one) => one.kind === kind && isInForce(one, meta.now))
    .map(({ sanctionId }) => lifted({ memberId, sanctionId, kind }, 'moderator', text));
}

function lifted(
  data: { readonly memberId: string; readonly sanctionId: string; readonly kind: SanctionFacts['kind'] },
  because: 'moderator' | 'appeal',
  note: string,
): SanctionEvent {
  return { type: 'SanctionLifted.v1', data: { ...data, because }, personal: { note } };
}

function acknowledge({ data }: AcknowledgeWarning, state: StandingFacts): readonly SanctionEvent[] {
  const { memberId, sanctionId } = data;
  const warning = requireSanction(state, sanctionId);
  if (warning.kind !== 'warning') throw new DomainError('conflict', 'Only a warning can be confirmed.');
  if (warning.acknowledged || warning.lifted) return [];
  return [{ type: 'WarningAcknowledged.v1', data: { memberId, sanctionId }, personal: null }];
}

function appeal({ data, meta }: AppealSanction, state: StandingFacts): readonly SanctionEvent[] {
  const { memberId, sanctionId } = data;
  const sanction = requireSanction(state, sanctionId);
  const text = textOf(data.text, 'text', TEXT_LIMITS.appeal);
  if (sanction.appeal !== 'none')
    throw new DomainError('conflict', 'You have appealed this already; once is all there is.');
  if (sanction.kind !== 'warning' && !isInForce(sanction, meta.now)) {
    throw new DomainError('conflict', 'This is over; there is nothing left to appeal.');
  }
  return [{ type: 'SanctionAppealed.v1', data: { memberId, sanctionId }, personal: { text } }];
}

function decideAppeal({ data, meta }: DecideAppeal, state: StandingFacts): readonly SanctionEvent[] {
  const { memberId, sanctionId, outcome, by } = data;
  requireOther(memberId, by.memberId);
  const sanction = requireSanction(state, sanctionId);
  const answer = textOf(data.answer, 'answer', TEXT_LIMITS.statement);
  if (sanction.by === by.memberId) {
    throw new DomainError('forbidden', 'Another moderator decides on an appeal against your own decision.');
  }
  if (sanction.appeal === 'none') throw new DomainError('conflict', 'There is no appeal against this.');
  if (sanction.appeal !== 'open') {
    throw new DomainError('already_decided', `This appeal was decided already: it was ${sanction.appeal}.`);
  }
  const decided: SanctionEvent = {
    type: 'AppealDecided.v1',
    data: { memberId, sanctionId, outcome },
    personal: { answer },
  };
  const ends =
    outcome === 'granted' && !sanction.lifted && (sanction.kind === 'warning' || isInForce(sanction, meta.now));
  return ends ? [decided, lifted({ memberId, sanctionId, kind: sanction.kind }, 'appeal', answer)] : [decided];
}

function note({ data }: NoteMember, { roles }: SanctionNeeds): readonly SanctionEvent[] {
  const { memberId, noteId } = data;
  if (roles === null) throw new DomainError('member_not_found', 'There is no such member.');
  return [
    {
      type: 'MemberNoted.v1',
      data: { memberId, noteId },
      personal: { text: textOf(data.text, 'text', TEXT_LIMITS.memberNote) },
    },
  ];
}

function requireSanction({ sanctions }: StandingFacts, sanctionId: string): SanctionFacts {
  const found = sanctions.find((one) => one.sanctionId === sanctionId);
  if (!found) throw new DomainError('not_found', 'There is no such sanction.');
  return found;
}

function requireOther(memberId: string, by: string): void {
  if (memberId === by) throw new DomainError('forbidden', 'Nobody decides on what concerns themselves.');
}
