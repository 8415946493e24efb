import { type CommandMeta, DomainError } from '../../../libs/kernel/index.ts';
import {
  DEEPEST_ANSWER,
  isModerator,
  isWaiting,
  type Role,
  TEXT_LIMITS,
  type TextLimits,
} from '../../../libs/words/index.ts';

import { type DiscussionFacts, requireOpenDiscussion } from '../discussion/discussion.facts.ts';
import { requireRecentPost } from '../policy/judge.ts';
import type { PolicyInForce } from '../policy/policy.settings.ts';
import type { JudgedAuthor, SeenIn } from '../policy/subject.ts';
import { requirePublicPost } from '../post/post.facts.ts';
import { requireMayTakePart, type StandingFacts } from '../sanction/standing.facts.ts';
import type { Actor, CommentLimits, CommentWish } from './comment.commands.ts';
import type { CommentFacts } from './comment.facts.ts';
import type { Surroundings } from './findable.rules.ts';

/** The top-level comment has depth 0, so a branch is at most eleven comments long. */

/** The facts that the rules need beyond the comment's own stream. */
export interface CommentNeeds extends Surroundings {
  readonly discussion: DiscussionFacts;
  /** The comment that a new one answers. */
  readonly parent: CommentFacts | null;
  /** The roles of the comment's author. */
  readonly authorRoles: readonly Role[];
  /** The sanctions of the member who writes. */
  readonly standing: StandingFacts;
  readonly policy: PolicyInForce;
  /** The facts about the writer that the policy's rules need. */
  readonly record: JudgedAuthor;
  /** The forum's rendering of a text, which the policy judges too. */
  readonly seenIn: SeenIn;
}

const DAY = 86_400_000;

/** A wish to post, of a member or of a guest. */
export interface Posting {
  readonly data: CommentWish & { readonly by: Actor; readonly limits?: CommentLimits };
  readonly meta: Pick<CommandMeta, 'now'>;
}

export type PostingRule = (posting: Posting, needed: CommentNeeds) => void;

/** The rules are asked in this order; the first refusal is the answer. */
export const RULES_OF_POSTING: readonly PostingRule[] = [
  authorMayTakePart,
  postIsPublic,
  discussionIsOpen,
  postIsRecentEnough,
  parentIsKnown,
  parentIsInThisPost,
  parentIsNotRemoved,
  parentIsNotWaiting,
  branchIsNotTooDeep,
];

function authorMayTakePart({ meta }: Posting, { standing }: CommentNeeds): void {
  requireMayTakePart(standing, meta.now);
}

function postIsPublic({ data, meta }: Posting, { post: facts }: CommentNeeds): void {
  requirePublicPost(facts, data.by.roles, meta.now);
}

function discussionIsOpen(_: Posting, { discussion }: CommentNeeds): void {
  requireOpenDiscussion(discussion);
}

function postIsRecentEnough({ data, meta }: Posting, { post, policy }: CommentNeeds): void {
  if (post === null || isModerator(data.by.roles)) return;
  requireRecentPost(policy.policy, post.publishAt, meta.now);
  const days = data.limits?.closeAfterDays ?? null;
  if (days === null || Date.parse(meta.now) - Date.parse(post.publishAt) <= days * DAY) return;
  throw new DomainError('discussion_closed', `This discussion is closed: posts are discussed for ${days} days.`);
}

/** A comment that the member cannot see does not exist for that member. */
function parentIsKnown({ data }: Posting, { parent }: CommentNeeds): void {
  if (data.parentId === null) return;
  if (parent === null || !isSeenBy(parent, data.by)) throw parentNotFound();
}

function parentIsInThisPost({ data }: Posting, { parent }: CommentNeeds): void {
  if (parent !== null && parent.postId !== data.postId) throw parentInOtherPost();
}

function parentIsNotRemoved(_: Posting, { parent }: CommentNeeds): void {
  if (parent?.status === 'removed' || parent?.status === 'erased') {
    throw new DomainError('comment_removed', 'The comment that this answers was removed.');
  }
}

/**
 * A waiting comment is visible to its author and to moderators, but an answer to it would appear in the thread before
 * it does.
 */
function parentIsNotWaiting(_: Posting, { parent }: CommentNeeds): void {
  if (parent !== null && isWaiting(parent.status)) {
    throw new DomainError('conflict', 'The comment that this answers is not public; it takes no answers.');
  }
}

function branchIsNotTooDeep({ data }: Posting, { parent }: CommentNeeds): void {
  const deepest = Math.min(DEEPEST_ANSWER, data.limits?.maxDepth ?? DEEPEST_ANSWER);
  if (parent !== null && parent.depth >= deepest) {
    throw new DomainError('too_deep', `Answers nest ${deepest} levels deep at most; answer further up.`);
  }
}

/**
 * Readers see visible comments and the places of removed ones; only the author and moderators see held and rejected
 * ones.
 */
export function isSeenBy(comment: CommentFacts, by: Actor): boolean {
  if (comment.status !== 'held' && comment.status !== 'rejected') return true;
  return comment.authorId === by.memberId || isModerator(by.roles);
}

export function parentNotFound(): DomainError {
  return new DomainError('parent_not_found', 'The comment that this answers does not exist.', [
    { field: 'parentId', message: 'names no comment' },
  ]);
}

export function parentInOtherPost(): DomainError {
  return new DomainError('parent_in_other_post', 'The comment that this answers stands under another post.', [
    { field: 'parentId', message: 'names a comment of another post' },
  ]);
}

/** The limits in force of a comment's text. */
export function bodyLimits(limits: CommentLimits | undefined): TextLimits {
  const { max } = TEXT_LIMITS.comment;
  return { ...TEXT_LIMITS.comment, max: Math.min(max, limits?.maxLength ?? max) };
}
