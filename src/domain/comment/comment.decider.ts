import {
  type Decider,
  DomainError,
  type Erased,
  isErased,
  type Remembered,
  unreachable,
} from '../../../libs/kernel/index.ts';
import { type DiscussionFacts, requireOpenDiscussion } from '../discussion/discussion.facts.ts';
import { isModerator } from '../member/roles.ts';
import { type PostFacts, requirePublicPost } from '../post/post.facts.ts';
import { type TextLimits, textOf } from '../text.ts';
import type {
  Actor,
  CommentCommand,
  CommentLimits,
  EditComment,
  ImportComment,
  PostComment,
  RemoveComment,
} from './comment.commands.ts';
import type { CommentEvent, CommentPosted } from './comment.events.ts';
import { type CommentFacts, commentFacts } from './comment.facts.ts';

/** An answer to an answer to …: the top-level comment has depth 0, so a branch is at most eleven comments long. */
export const MAX_DEPTH = 10;

const MAX_LENGTH = 10_000;
/** Other forums had other limits, and what was said there is brought over whole. */
const IMPORTED_BODY = { min: 1, max: 200_000, lines: 'many' } as const;
const REASON = { min: 0, max: 500, lines: 'many' } as const;

/** What the rules need to know beyond the comment's own stream. */
export interface CommentNeeds {
  readonly post: PostFacts | null;
  readonly discussion: DiscussionFacts;
  /** The comment that a new one answers. */
  readonly parent: CommentFacts | null;
}

export interface CommentState {
  facts: CommentFacts | null;
  /** As it was first recorded, which is what a repeat is compared with. */
  posted: CommentPosted['personal'] | Erased | null;
  body: string | Erased;
  revision: bigint;
}

export const commentDecider: Decider<CommentState, CommentCommand, CommentEvent, CommentNeeds> = {
  initial: () => ({ facts: null, posted: null, body: '', revision: -1n }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'PostComment':
        return post(command, state, needed);
      case 'ImportComment':
        return importComment(command, state, needed);
      case 'EditComment':
        return edit(command, state, needed);
      case 'RemoveComment':
        return remove(command, state);
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: CommentState, fact: Remembered<CommentEvent>): CommentState {
  state.facts = commentFacts.evolve(state.facts, fact);
  state.revision = fact.envelope.revision;
  switch (fact.type) {
    case 'CommentPosted.v1':
      state.posted = fact.personal;
      state.body = isErased(fact.personal) ? fact.personal : fact.personal.body;
      return state;
    case 'CommentEdited.v1':
      state.body = isErased(fact.personal) ? fact.personal : fact.personal.body;
      return state;
    case 'CommentHeld.v1':
    case 'CommentRemoved.v1':
    case 'CommentRestored.v1':
      return state;
    default:
      return unreachable(fact);
  }
}

function post(command: PostComment, state: CommentState, needed: CommentNeeds): readonly CommentEvent[] {
  const body = textOf(command.data.body, 'body', bodyLimits(command.data.limits));
  const fact = posted(command, body, needed.parent);
  if (state.facts !== null) return requireRepeat(fact, state);
  for (const rule of RULES_OF_POSTING) rule(command, needed);
  return [fact];
}

type PostingRule = (command: PostComment, needed: CommentNeeds) => void;

/** In this order: the first that says no is the answer. */
const RULES_OF_POSTING: readonly PostingRule[] = [
  postIsPublic,
  discussionIsOpen,
  parentIsKnown,
  parentIsInThisPost,
  parentIsNotRemoved,
  parentIsNotWaiting,
  branchIsNotTooDeep,
];

function postIsPublic({ data, meta }: PostComment, { post: facts }: CommentNeeds): void {
  requirePublicPost(facts, data.by.roles, meta.now);
}

function discussionIsOpen(_: PostComment, { discussion }: CommentNeeds): void {
  requireOpenDiscussion(discussion);
}

/** A comment that this member cannot see does not exist for it. */
function parentIsKnown({ data }: PostComment, { parent }: CommentNeeds): void {
  if (data.parentId === null) return;
  if (parent === null || !isSeenBy(parent, data.by)) throw parentNotFound();
}

function parentIsInThisPost({ data }: PostComment, { parent }: CommentNeeds): void {
  if (parent !== null && parent.postId !== data.postId) throw parentInOtherPost();
}

function parentIsNotRemoved(_: PostComment, { parent }: CommentNeeds): void {
  if (parent?.status === 'removed' || parent?.status === 'erased') {
    throw new DomainError('comment_removed', 'The comment that this answers was removed.');
  }
}

/** Its author and the moderators see it, but an answer would stand in the thread before what it answers. */
function parentIsNotWaiting(_: PostComment, { parent }: CommentNeeds): void {
  if (parent?.status === 'held' || parent?.status === 'rejected') {
    throw new DomainError('conflict', 'The comment that this answers is not public; it takes no answers.');
  }
}

function branchIsNotTooDeep({ data }: PostComment, { parent }: CommentNeeds): void {
  const deepest = Math.min(MAX_DEPTH, data.limits?.maxDepth ?? MAX_DEPTH);
  if (parent !== null && parent.depth >= deepest) {
    throw new DomainError('too_deep', `Answers nest ${deepest} levels deep at most; answer further up.`);
  }
}

function bodyLimits(limits: CommentLimits | undefined): TextLimits {
  return { min: 1, max: Math.min(MAX_LENGTH, limits?.maxLength ?? MAX_LENGTH), lines: 'many' };
}

function importComment(command: ImportComment, state: CommentState, needed: CommentNeeds): readonly CommentEvent[] {
  const { commentId, postId, parentId, held } = command.data;
  const fact = posted(command, textOf(command.data.body, 'body', IMPORTED_BODY), needed.parent);
  if (state.facts !== null) return requireRepeat(fact, state);
  if (needed.post === null) throw new DomainError('post_not_found', 'There is no such post.');
  if (parentId !== null && needed.parent === null) throw parentNotFound();
  if (needed.parent !== null && needed.parent.postId !== postId) throw parentInOtherPost();
  if (!held) return [fact];
  const reasons = ['awaiting-approval-in-source'];
  return [fact, { type: 'CommentHeld.v1', data: { commentId, postId, reasons }, personal: null }];
}

function edit({ data }: EditComment, state: CommentState, needed: CommentNeeds): readonly CommentEvent[] {
  const comment = requireSeen(state, data.by);
  if (comment.authorId !== data.by.memberId) {
    throw new DomainError('forbidden', 'Only its author may change a comment.');
  }
  if (comment.status === 'removed' || comment.status === 'erased' || typeof state.body !== 'string') {
    throw new DomainError('comment_removed', 'This comment was removed.');
  }
  requireOpenDiscussion(needed.discussion);
  const body = textOf(data.body, 'body', bodyLimits(data.limits));
  if (body === state.body) return [];
  if (data.revision !== Number(state.revision)) {
    throw new DomainError('stale_revision', `This comment was changed meanwhile; it is at revision ${state.revision}.`);
  }
  const { commentId, postId } = comment;
  return [{ type: 'CommentEdited.v1', data: { commentId, postId }, personal: { body } }];
}

function remove({ data }: RemoveComment, state: CommentState): readonly CommentEvent[] {
  const comment = requireSeen(state, data.by);
  const isAuthor = comment.authorId === data.by.memberId;
  if (!isAuthor && !isModerator(data.by.roles)) {
    throw new DomainError('forbidden', 'Only its author and moderators may remove a comment.');
  }
  if (comment.status === 'removed' || comment.status === 'erased') return [];
  const { commentId, postId } = comment;
  const reason = data.reason === null ? null : textOf(data.reason, 'reason', REASON) || null;
  const by = isAuthor ? 'author' : 'moderator';
  return [{ type: 'CommentRemoved.v1', data: { commentId, postId, by, reason }, personal: null }];
}

/** Readers see visible comments and the places of removed ones; what waits or was rejected, only author and moderators. */
function isSeenBy(comment: CommentFacts, by: Actor): boolean {
  if (comment.status !== 'held' && comment.status !== 'rejected') return true;
  return comment.authorId === by.memberId || isModerator(by.roles);
}

function requireSeen({ facts }: CommentState, by: Actor): CommentFacts {
  if (facts === null || !isSeenBy(facts, by)) throw new DomainError('comment_not_found', 'There is no such comment.');
  return facts;
}

function posted(command: PostComment | ImportComment, body: string, parent: CommentFacts | null): CommentPosted {
  const { commentId, postId, parentId } = command.data;
  const imported = command.type === 'ImportComment';
  return {
    type: 'CommentPosted.v1',
    data: {
      commentId,
      postId,
      parentId,
      rootId: parent?.rootId ?? commentId,
      depth: parent === null ? 0 : parent.depth + 1,
      authorId: imported ? null : command.data.by.memberId,
      source: imported ? command.data.source : null,
    },
    personal: { body, author: imported ? command.data.author : null },
  };
}

/** The same comment sent again is answered as recorded, whatever became of it since; another one needs another id. */
function requireRepeat(fact: CommentPosted, { facts, posted: personal }: CommentState): readonly [] {
  const { postId, parentId, authorId } = fact.data;
  const same =
    facts?.postId === postId &&
    facts.parentId === parentId &&
    facts.authorId === authorId &&
    (personal === null || isErased(personal) || isSameText(personal, fact.personal));
  if (!same) throw new DomainError('id_taken', 'Another comment has this id.');
  return [];
}

function isSameText(one: CommentPosted['personal'], other: CommentPosted['personal']): boolean {
  return one.body === other.body && one.author?.displayName === other.author?.displayName;
}

function parentNotFound(): DomainError {
  return new DomainError('parent_not_found', 'The comment that this answers does not exist.', [
    { field: 'parentId', message: 'names no comment' },
  ]);
}

function parentInOtherPost(): DomainError {
  return new DomainError('parent_in_other_post', 'The comment that this answers stands under another post.', [
    { field: 'parentId', message: 'names a comment of another post' },
  ]);
}
