import {
  commentNotFound,
  type Decider,
  DomainError,
  type Erased,
  isErased,
  type Remembered,
  unreachable,
} from '../../../libs/kernel/index.ts';
import { isWaiting, TEXT_LIMITS, type TranslationReason } from '../../../libs/words/index.ts';

import type { CommentFacts } from '../comment/comment.facts.ts';
import { requireFindable, type Surroundings } from '../comment/findable.rules.ts';
import type { Actor } from '../member/actor.ts';
import { requireMayTakePart, type StandingFacts } from '../sanction/standing.facts.ts';
import { textOf } from '../text.ts';
import { type ReportCommand, type ReportComment, ReportedOtherwise } from './report.commands.ts';
import type { CommentReported, ReportEvent } from './report.events.ts';

export interface ReportNeeds extends Surroundings {
  readonly comment: CommentFacts | null;
  readonly standing: StandingFacts;
}

/** The newest report of this member about the comment; null before the first. */
export interface ReportState {
  newest: Remembered<CommentReported> | null;
}

export const reportDecider: Decider<ReportState, ReportCommand, ReportEvent, ReportNeeds> = {
  initial: () => ({ newest: null }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'ReportComment':
        return report(command, state, needed);
      default:
        return unreachable(command.type);
    }
  },
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'CommentReported.v1':
        state.newest = fact;
        return state;
      default:
        return unreachable(fact.type);
    }
  },
};

/**
 * The same report about the same text changes nothing, and another one is refused. A text that was changed since can be
 * reported again.
 */
function report({ data, meta }: ReportComment, state: ReportState, needed: ReportNeeds): readonly ReportEvent[] {
  const { commentId, by, reason } = data;
  requireMayTakePart(needed.standing, meta.now);
  const comment = requireShown({ by, now: meta.now }, needed);
  if (comment.authorId === by.memberId) throw new DomainError('forbidden', 'Nobody can report a comment of their own.');
  const note = data.note === null ? '' : textOf(data.note, 'note', TEXT_LIMITS.reportNote);
  const { newest } = state;
  if (newest !== null && newest.data.revision >= comment.textRevision) return requireRepeat({ reason, note }, newest);
  const { postId, authorId, textRevision: revision } = comment;
  return [
    {
      type: 'CommentReported.v1',
      data: { commentId, postId, authorId, memberId: by.memberId, reason, revision },
      personal: { note },
    },
  ];
}

/** An erased note cannot be compared, so it counts as equal. */
export function requireRepeat(
  { reason, note }: { readonly reason: TranslationReason; readonly note: string },
  earlier: {
    readonly data: { readonly reason: TranslationReason };
    readonly personal: { readonly note: string } | Erased;
  },
  what: 'comment' | 'translation' = 'comment',
): readonly [] {
  const { data, personal } = earlier;
  const known = isErased(personal) ? null : personal.note;
  if (reason === data.reason && (known === null || known === note)) return [];
  throw new ReportedOtherwise(data.reason, known ?? '', what);
}

function requireShown(
  { by, now }: { readonly by: Actor; readonly now: string },
  { comment, ...surroundings }: ReportNeeds,
): CommentFacts {
  if (comment === null || isWaiting(comment.status)) throw commentNotFound();
  requireFindable(comment, surroundings, by, now);
  if (comment.status !== 'visible') throw new DomainError('comment_removed', 'This comment was removed.');
  return comment;
}
