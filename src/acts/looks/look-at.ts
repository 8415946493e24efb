import { createHash } from 'node:crypto';
import type { AppealCase, Comment, FrozenDecision, QueueItem, Rehearsal } from '../../../libs/client/index.ts';
import { canonicalJson, type Json } from '../../../libs/kernel/index.ts';
import type { QueueListName } from '../../../libs/words/index.ts';
import type { SeenText } from '../../domain/look/look.events.ts';
import type { Case } from '../../views/moderation-queue/queue.query-types.ts';
import { type Moment, momentKey } from '../../views/thread/past/past.query-types.ts';
import type { RehearsalWish } from '../rehearsing.ts';
import type { Look } from './looks.ts';

/** The waiting comments, each with its reports and the policy's findings, whether readers see it or not. */
export function lookAtQueue(list: QueueListName, items: readonly QueueItem[]): Look {
  return {
    place: 'queue',
    subject: list,
    texts: items.map(({ comment }) => textOf(comment)),
    comments: items.flatMap(({ parent }) => parent ?? []),
  };
}

/** A case: the comment, its surroundings, and its author's record. */
export function lookAtCase({ comment, surroundings, author }: Case): Look {
  return {
    place: 'case',
    subject: comment.id,
    texts: [textOf(comment)],
    comments: surroundings,
    members: author === null ? [] : [author.member.id],
  };
}

/** A decision, with the texts as they were then. */
export function lookAtDecision({ id, surroundings }: FrozenDecision): Look {
  return {
    place: 'decision',
    subject: id,
    texts: surroundings.map(({ commentId, revision }) => ({ commentId, revision })),
  };
}

/** The record of a member. */
export function lookAtMember(memberId: string): Look {
  return { place: 'record', subject: memberId, members: [memberId] };
}

/** Members with their e-mail addresses. */
export function lookAtAddresses(memberIds: readonly string[]): Look {
  return { place: 'members', members: memberIds };
}

/** The address of the guest who wrote a comment. */
export function lookAtGuest({ id, revision }: Pick<Comment, 'id' | 'revision'>): Look {
  return { place: 'members', subject: id, texts: [{ commentId: id, revision }] };
}

/** Sanctions under appeal, with the members' reasons. */
export function lookAtAppeals(appeals: readonly Pick<AppealCase, 'memberId'>[]): Look {
  return { place: 'appeals', members: appeals.map(({ memberId }) => memberId) };
}

/** Texts of a past thread that readers do not see, now or then. */
export function lookAtPast(moment: Moment, texts: readonly SeenText[]): Look {
  return { place: 'thread', subject: momentKey(moment), texts };
}

/** A page of the moderation log: the fields of the filter, and the cursor. */
export function lookAtLog(filter: Readonly<Record<string, string | undefined>>): Look {
  const asked = Object.entries(filter).flatMap(([field, value]) => (value === undefined ? [] : [`${field}=${value}`]));
  return { place: 'moderation-log', subject: asked.sort().join(' ') || null };
}

/** The comments that a rehearsal shows as examples, and its rules as the SHA-256 of their RFC 8785 form. */
export function lookAtRehearsal({ policy, from, to }: RehearsalWish, { examples }: Rehearsal): Look {
  const rules: Json = JSON.parse(JSON.stringify(policy));
  const hash = createHash('sha256').update(canonicalJson(rules)).digest('hex');
  const subject = `policy sha256:${hash} ${from ?? ''}/${to ?? ''}`;
  const texts = examples.map(({ commentId }) => ({ commentId, revision: null }));
  return { place: 'rehearsal', subject, ...(texts.length > 0 ? { texts } : {}) };
}

function textOf({ id, revision }: Pick<Comment, 'id' | 'revision'>): SeenText {
  return { commentId: id, revision };
}
