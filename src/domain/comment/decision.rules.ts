import { commentNotFound, DomainError, type Erased, type Position } from '../../../libs/kernel/index.ts';
import { type CommentStatus, type DecisionAction, isWaiting, TEXT_LIMITS } from '../../../libs/words/index.ts';

import { textOf } from '../text.ts';
import type { CommentFacts } from './comment.facts.ts';
import { ChangedSince, DecidedBefore, type DecideOnComment, type UndoDecision } from './decision.commands.ts';
import { type CommentDecided, type CommentJudged, STATUS_AFTER } from './decision.events.ts';
import { judged } from './judging.rules.ts';
import type { CommentNeeds } from './posting.rules.ts';

/** A decision on a comment, with what later decisions depend on. */
export interface StandingDecision
  extends Pick<CommentDecided['data'], 'decisionId' | 'action' | 'from' | 'reason' | 'revision'> {
  /** The decision that it takes back, or null. */
  readonly undoes: string | null;
  readonly note: string | Erased;
  /** Whether the comment was hidden before. */
  readonly wasHidden: boolean;
  readonly by: string;
  /** The comment's revision at the decision. */
  readonly at: bigint;
  readonly position: Position;
}

/** The part of a comment that the rules of decisions know. */
export interface DecidedOn {
  readonly facts: CommentFacts | null;
  readonly body: string | Erased;
  readonly revision: bigint;
  /** The newest decision, as long as nothing else has changed the comment's status since. */
  readonly decision: StandingDecision | null;
  /** The newest decision, whatever has happened since. */
  readonly newest: StandingDecision | null;
  /** True when its author removed it; this stays the author's own decision. */
  readonly removedByAuthor: boolean;
}

/** The effect of each action, and the statuses it applies to. */
const EFFECTS: Readonly<Record<DecisionAction, { readonly on: readonly CommentStatus[]; readonly to: CommentStatus }>> =
  {
    approve: { on: ['visible', 'held', 'rejected'], to: 'visible' },
    hold: { on: ['visible', 'rejected'], to: 'held' },
    reject: { on: ['visible', 'held'], to: 'rejected' },
    remove: { on: ['visible', 'held', 'rejected'], to: 'removed' },
    restore: { on: ['rejected', 'removed'], to: 'visible' },
  };
/** The action that brings a comment back to each status. */
const BACK_TO: Readonly<Record<Exclude<CommentStatus, 'erased'>, DecisionAction>> = {
  visible: 'restore',
  held: 'hold',
  rejected: 'reject',
  removed: 'remove',
};

/**
 * Decides on a comment. The newest decision, sent again by the moderator who made it, changes nothing, whatever has
 * happened to the text since.
 */
export function decide({ data }: DecideOnComment, state: DecidedOn): readonly CommentDecided[] {
  const facts = requireDecidable(state, data.by.memberId);
  const { commentId, decisionId, action, reason, revision, seen, bulkId } = data;
  const note = textOf(data.note, 'note', TEXT_LIMITS.decisionNote);
  if (state.newest !== null && isRepeat(data, note, state.newest)) return [];
  if (BigInt(revision) !== state.revision) throw changedSince(BigInt(revision), state);
  const { on, to } = EFFECTS[action];
  if (!on.includes(facts.status)) throw notFrom(facts.status, action, state.decision);
  if (action === 'restore' && state.removedByAuthor) {
    throw new DomainError('forbidden', 'Its author removed this comment; only they could write it again.');
  }
  const { postId, status: from } = facts;
  if (to === 'visible' && state.body === '') {
    throw new DomainError('conflict', 'This is the place of a comment that was not brought; it has no text to show.');
  }
  const hidden = to === 'removed' ? facts.hidden : to !== 'visible' && !keepsPlace(facts);
  return [
    {
      type: 'CommentDecided.v1',
      data: { commentId, postId, decisionId, action, from, to, hidden, reason, revision, seen, bulkId, undoes: null },
      personal: { note },
    },
  ];
}

/** A comment that already waits, and whose place readers see, keeps that place and its answers. */
function keepsPlace({ status, hidden }: CommentFacts): boolean {
  return isWaiting(status) && !hidden;
}

/**
 * Takes a decision back: the comment is then as it was before. This is possible until another decision is made. Nobody
 * decided on a text that the author wrote since, so readers see it only as far as the policy lets it through.
 */
export function undo(
  { data, meta }: UndoDecision,
  state: DecidedOn,
  needed: CommentNeeds,
): readonly (CommentDecided | CommentJudged)[] {
  const facts = requireDecidable(state, data.by.memberId);
  const { commentId, decisionId, undoes, seen, bulkId } = data;
  const { decision } = state;
  if (decision?.decisionId !== undoes) throw changedSince(decision === null ? state.revision : -1n, state);
  if (decision.from === 'erased') throw erased();
  const { postId, status: from } = facts;
  const revision = Number(state.revision);
  const action = BACK_TO[decision.from];
  const { from: to, wasHidden: hidden } = decision;
  const isOther = BigInt(facts.textRevision) > decision.at;
  const findings = to === 'visible' && isOther ? letThrough(facts, { body: state.body, now: meta.now }, needed) : [];
  return [
    {
      type: 'CommentDecided.v1',
      data: {
        commentId,
        postId,
        decisionId,
        action,
        from,
        to,
        hidden,
        reason: null,
        revision,
        seen,
        bulkId,
        undoes,
      },
      personal: { note: textOf(data.note, 'note', TEXT_LIMITS.decisionNote) },
    },
    ...findings,
  ];
}

/**
 * The policy's report on a text that no moderator has decided on. Throws DomainError `stale_revision` for a text that
 * the policy would not show.
 */
function letThrough(
  ids: CommentFacts,
  { body, now }: { readonly body: string | Erased; readonly now: string },
  needed: CommentNeeds,
): readonly CommentJudged[] {
  const findings = typeof body === 'string' ? judged({ kind: 'edit', body, ids, now }, needed) : [];
  if (findings.every(({ data }) => STATUS_AFTER[data.measure] === null)) return findings;
  const detail =
    'This comment has another text than the one that was decided on, and the policy does not let it through.';
  throw new DomainError('stale_revision', `${detail} Decide on the text as it is now.`);
}

/** An erased note cannot be compared, so it counts as equal. */
function isRepeat(
  { by, action, reason, revision }: DecideOnComment['data'],
  note: string,
  newest: StandingDecision,
): boolean {
  return (
    newest.undoes === null &&
    newest.by === by.memberId &&
    newest.action === action &&
    newest.reason === reason &&
    newest.revision === revision &&
    (typeof newest.note !== 'string' || newest.note === note)
  );
}

function requireDecidable({ facts }: DecidedOn, by: string): CommentFacts {
  if (facts === null) throw commentNotFound();
  if (facts.status === 'erased') throw erased();
  if (facts.authorId === by) throw new DomainError('forbidden', 'Nobody decides on a comment of their own.');
  return facts;
}

/** The refusal tells who decided first, and what. */
function changedSince(seen: bigint, { revision, decision }: DecidedOn): DomainError {
  return decision === null || decision.at <= seen
    ? new ChangedSince(revision)
    : new DecidedBefore(`Somebody decided on this comment meanwhile: ${decision.action}.`, decision);
}

/** When no decision gave the comment its status, the refusal names none. */
function notFrom(status: CommentStatus, action: DecisionAction, decision: StandingDecision | null): DomainError {
  const detail = `This comment is ${status}, from where there is no ${action}.`;
  return decision === null ? new DomainError('conflict', detail) : new DecidedBefore(detail, decision);
}

function erased(): DomainError {
  return new DomainError('comment_removed', 'This comment was erased; nothing is left to decide on.');
}
