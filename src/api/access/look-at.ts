import type { FrozenDecision, QueueItem, QueueListName } from '../../../libs/client/index.ts';
import type { Case } from '../../views/moderation-queue/queue.query-types.ts';
import type { AppealCase } from '../../views/sanctions/sanctions.query-types.ts';
import { type Moment, momentKey } from '../../views/time-machine/time-machine.query-types.ts';
import type { Look } from './looks.ts';

/** What waits: of each comment the reports and what the policy found, whether readers see it or not. */
export function lookAtQueue(list: QueueListName, items: readonly QueueItem[]): Look {
  return {
    place: 'queue',
    subject: list,
    commentIds: items.map(({ comment }) => comment.id),
    comments: items.flatMap(({ parent }) => parent ?? []),
  };
}

/** All that is needed to rule on a comment: its surroundings, its author's record. */
export function lookAtCase({ comment, surroundings, author }: Case): Look {
  return {
    place: 'case',
    subject: comment.id,
    commentIds: [comment.id],
    comments: surroundings,
    members: author === null ? [] : [author.member.id],
  };
}

/** The texts as they were when somebody ruled. */
export function lookAtDecision({ id, surroundings }: FrozenDecision): Look {
  return { place: 'decision', subject: id, commentIds: surroundings.map(({ commentId }) => commentId) };
}

/** What moderators know of a member. */
export function lookAtMember(memberId: string): Look {
  return { place: 'record', subject: memberId, members: [memberId] };
}

/** Sanctions that members object to, with their reasons. */
export function lookAtAppeals(appeals: readonly Pick<AppealCase, 'memberId'>[]): Look {
  return { place: 'appeals', members: appeals.map(({ memberId }) => memberId) };
}

/** Comments of a thread as it stood: those that readers do not see, now or then. */
export function lookAtPast(moment: Moment, commentIds: readonly string[]): Look {
  return { place: 'thread', subject: momentKey(moment), commentIds };
}
