import { type Decider, DomainError, unreachable } from '../../../libs/kernel/index.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { isPublic, type PostFacts } from '../post/post.facts.ts';
import { requireMayTakePart, type StandingFacts } from '../sanction/standing.facts.ts';
import { textOf } from '../text.ts';
import type { ReportCommand, ReportComment } from './report.commands.ts';
import type { ReportEvent } from './report.events.ts';

const NOTE = { min: 0, max: 1_000, lines: 'many' } as const;

export interface ReportNeeds {
  readonly comment: CommentFacts | null;
  /** The post that the comment stands under. */
  readonly post: PostFacts | null;
  readonly standing: StandingFacts;
}

/** The newest revision that this member has complained about; null before the first complaint. */
export interface ReportState {
  revision: number | null;
}

export const reportDecider: Decider<ReportState, ReportCommand, ReportEvent, ReportNeeds> = {
  initial: () => ({ revision: null }),
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
        state.revision = fact.data.revision;
        return state;
      default:
        return unreachable(fact.type);
    }
  },
};

/** A second complaint about the same text changes nothing; a text that was changed since can be complained about again. */
function report({ data, meta }: ReportComment, state: ReportState, needed: ReportNeeds): readonly ReportEvent[] {
  const { commentId, by, reason } = data;
  requireMayTakePart(needed.standing, meta.now);
  const comment = requireShown(needed, meta.now);
  if (comment.authorId === by.memberId) throw new DomainError('forbidden', 'Nobody can report a comment of their own.');
  const note = data.note === null ? '' : textOf(data.note, 'note', NOTE);
  if (state.revision !== null && state.revision >= comment.textRevision) return [];
  const { postId, authorId, textRevision: revision } = comment;
  return [
    {
      type: 'CommentReported.v1',
      data: { commentId, postId, authorId, memberId: by.memberId, reason, revision },
      personal: { note },
    },
  ];
}

function requireShown({ comment, post }: ReportNeeds, now: string): CommentFacts {
  const isThere = comment !== null && isPublic(post, now) && comment.status !== 'held' && comment.status !== 'rejected';
  if (!isThere) throw new DomainError('comment_not_found', 'There is no such comment.');
  if (comment.status !== 'visible') throw new DomainError('comment_removed', 'This comment was removed.');
  return comment;
}
