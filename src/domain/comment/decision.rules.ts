import { DomainError } from '../../../libs/kernel/index.ts';
import { textOf } from '../text.ts';
import type { CommentStatus } from './comment.events.ts';
import type { CommentFacts } from './comment.facts.ts';
import type { DecideOnComment, UndoDecision } from './decision.commands.ts';
import type { CommentDecided, DecisionAction } from './decision.events.ts';

const NOTE = { min: 0, max: 2_000, lines: 'many' } as const;

/** The newest ruling on a comment, as long as nothing else has changed its status since. */
export interface Ruling {
  readonly decisionId: string;
  readonly action: DecisionAction;
  readonly from: CommentStatus;
  /** Whether it was hidden before. */
  readonly wasHidden: boolean;
  readonly by: string;
  /** The revision that it stands at. */
  readonly at: bigint;
}

/** What the rules of decisions know of a comment. */
export interface DecidedOn {
  readonly facts: CommentFacts | null;
  readonly revision: bigint;
  readonly ruling: Ruling | null;
  /** Its author took it out: that stays the author's own decision. */
  readonly removedByAuthor: boolean;
}

/** What an action does, and on what. */
const EFFECTS: Readonly<Record<DecisionAction, { readonly on: readonly CommentStatus[]; readonly to: CommentStatus }>> =
  {
    approve: { on: ['visible', 'held', 'rejected'], to: 'visible' },
    hold: { on: ['visible', 'rejected'], to: 'held' },
    reject: { on: ['visible', 'held'], to: 'rejected' },
    remove: { on: ['visible', 'held', 'rejected'], to: 'removed' },
    restore: { on: ['rejected', 'removed'], to: 'visible' },
  };
/** What it is called to bring a comment back to a status. */
const BACK_TO: Readonly<Record<Exclude<CommentStatus, 'erased'>, DecisionAction>> = {
  visible: 'restore',
  held: 'hold',
  rejected: 'reject',
  removed: 'remove',
};

export function decide({ data }: DecideOnComment, state: DecidedOn): readonly CommentDecided[] {
  const facts = requireDecidable(state, data.by.memberId);
  const { commentId, decisionId, action, reason, revision, seen, bulkId } = data;
  if (BigInt(revision) !== state.revision) throw changedSince(BigInt(revision), state);
  const { on, to } = EFFECTS[action];
  if (!on.includes(facts.status)) throw notFrom(facts.status, action);
  if (action === 'restore' && state.removedByAuthor) {
    throw new DomainError('forbidden', 'Its author removed this comment; only they could write it again.');
  }
  const { postId, status: from } = facts;
  const hidden = to === 'removed' ? facts.hidden : to !== 'visible';
  return [
    {
      type: 'CommentDecided.v1',
      data: { commentId, postId, decisionId, action, from, to, hidden, reason, revision, seen, bulkId, undoes: null },
      personal: { note: textOf(data.note, 'note', NOTE) },
    },
  ];
}

/** The comment is then exactly as it was before the ruling; that is possible until something else rules on it. */
export function undo({ data }: UndoDecision, state: DecidedOn): readonly CommentDecided[] {
  const facts = requireDecidable(state, data.by.memberId);
  const { commentId, decisionId, undoes, seen, bulkId } = data;
  const { ruling } = state;
  if (ruling?.decisionId !== undoes) throw changedSince(ruling === null ? state.revision : -1n, state);
  if (ruling.from === 'erased') throw erased();
  const { postId, status: from } = facts;
  const revision = Number(state.revision);
  const action = BACK_TO[ruling.from];
  const { from: to, wasHidden: hidden } = ruling;
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
      personal: { note: textOf(data.note, 'note', NOTE) },
    },
  ];
}

function requireDecidable({ facts }: DecidedOn, by: string): CommentFacts {
  if (facts === null) throw new DomainError('comment_not_found', 'There is no such comment.');
  if (facts.status === 'erased') throw erased();
  if (facts.authorId === by) throw new DomainError('forbidden', 'Nobody rules on a comment of their own.');
  return facts;
}

/** Whoever asks on finds out who ruled first, and what. */
function changedSince(seen: bigint, { revision, ruling }: DecidedOn): DomainError {
  return ruling === null || ruling.at <= seen
    ? new DomainError('stale_revision', `This comment was changed meanwhile; it is at revision ${revision}.`)
    : new DomainError('already_decided', `Somebody ruled on this comment meanwhile: ${ruling.action}.`);
}

function notFrom(status: CommentStatus, action: DecisionAction): DomainError {
  return new DomainError('already_decided', `This comment is ${status}, from where there is no ${action}.`);
}

function erased(): DomainError {
  return new DomainError('comment_removed', 'This comment was erased; nothing is left to rule on.');
}
