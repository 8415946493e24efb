import type { Fact } from '../../../libs/kernel/index.ts';
import type { CommentStatus } from '../../../libs/words/index.ts';
import { type Catalogue, COMMENT_STREAM, MEANING } from '../catalogue-entry.ts';
import type { ImportSource } from '../post/post.events.ts';
import { type CommentDecided, type CommentJudged, DECISION_EVENTS, STATUS_AFTER } from './decision.events.ts';

/**
 * An author who is not a member. An import knows the name, and the e-mail address by which the comment can be claimed;
 * a guest has confirmed the address.
 */
export interface SourceAuthor {
  readonly displayName: string;
  readonly email: string | null;
  readonly url: string | null;
  /** True for somebody who wrote here without an account. */
  readonly guest?: true;
}

/** Stream `comment-<commentId>`. `rootId` is the top-level comment above it (itself at depth 0). */
export type CommentPosted = Fact<
  'CommentPosted.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    readonly parentId: string | null;
    readonly rootId: string;
    /** 0 for an answer to the post itself. */
    readonly depth: number;
    /** Null for an imported author and for a guest. */
    readonly authorId: string | null;
    readonly source: ImportSource | null;
    /** As far as the text told it. */
    readonly language?: string;
  },
  { readonly body: string; readonly author: SourceAuthor | null }
>;
export type CommentEdited = Fact<
  'CommentEdited.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    /** What a person said of the comment before, or as far as the new text told it. */
    readonly language?: string;
  },
  { readonly body: string }
>;
/** The comment is kept from readers until somebody decides; `reasons` says why (`awaiting-approval-in-source`, `guest`, or the name of a rule). */
export type CommentHeld = Fact<
  'CommentHeld.v2',
  {
    readonly commentId: string;
    readonly postId: string;
    readonly reasons: readonly string[];
    /** Readers see its place in the thread, without author and text, since they see answers to it. */
    readonly keepsPlace: boolean;
  },
  null
>;
export type CommentRemoved = Fact<
  'CommentRemoved.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    readonly by: 'author' | 'moderator';
    readonly reason: string | null;
  },
  null
>;
export type CommentRestored = Fact<'CommentRestored.v1', { readonly commentId: string; readonly postId: string }, null>;

/** Its text is gone for good, everywhere: the key is destroyed after this. The place in the thread stays. */
export type CommentErased = Fact<
  'CommentErased.v1',
  { readonly commentId: string; readonly postId: string; readonly erasureId: string },
  null
>;

/** Whoever confirmed the address with which an imported comment, or a guest's, was written is its author from now on. */
export type CommentClaimed = Fact<
  'CommentClaimed.v1',
  { readonly commentId: string; readonly postId: string; readonly memberId: string },
  null
>;

/** A person says which language the comment is in, from now on; `und` for none that the forum knows, or several. */
export type CommentLanguageSet = Fact<
  'CommentLanguageSet.v1',
  { readonly commentId: string; readonly postId: string; readonly language: string },
  null
>;

/** The text mentions these members; of a new text those whom no text before has mentioned. */
export type MembersMentioned = Fact<
  'MembersMentioned.v1',
  { readonly commentId: string; readonly postId: string; readonly memberIds: readonly string[] },
  null
>;

export type CommentEvent =
  | CommentLanguageSet
  | MembersMentioned
  | CommentClaimed
  | CommentErased
  | CommentPosted
  | CommentEdited
  | CommentHeld
  | CommentRemoved
  | CommentRestored
  | CommentJudged
  | CommentDecided;

/** An event as far as `standingAfter` looks at it, wherever it was read. */
type Told<F extends Fact> = F extends Fact ? Pick<F, 'type' | 'data'> : never;

/**
 * How a comment stands after an event; null where it stands as before. `hidden`: readers find nothing of it, not even the
 * place where it was; undefined where that is as before.
 */
export function standingAfter(
  fact: Told<CommentEvent>,
): { readonly status: CommentStatus; readonly hidden: boolean | undefined } | null {
  switch (fact.type) {
    case 'CommentPosted.v1':
    case 'CommentRestored.v1':
      return { status: 'visible', hidden: false };
    case 'CommentEdited.v1':
    case 'CommentClaimed.v1':
    case 'CommentLanguageSet.v1':
    case 'MembersMentioned.v1':
      return null;
    case 'CommentHeld.v2':
      return { status: 'held', hidden: !fact.data.keepsPlace };
    case 'CommentRemoved.v1':
      return { status: 'removed', hidden: undefined };
    case 'CommentErased.v1':
      return { status: 'erased', hidden: undefined };
    case 'CommentJudged.v1': {
      const status = STATUS_AFTER[fact.data.measure];
      return status && { status, hidden: true };
    }
    case 'CommentDecided.v1':
      return { status: fact.data.to, hidden: fact.data.hidden };
    default:
      return fact satisfies never;
  }
}

export const COMMENT_EVENTS: Catalogue<CommentEvent> = {
  'CommentPosted.v1': {
    stream: COMMENT_STREAM,
    sentence: 'Somebody commented on a post or answered a comment.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      parentId: 'The comment that it answers, or null for an answer to the post itself.',
      rootId: 'The top-level comment above it; its own id at depth 0.',
      depth: 'How many comments stand above it.',
      authorId: 'The member who wrote it, or null for an imported author and for a guest.',
      source: MEANING.source,
      language: 'The language of the text (BCP 47), absent where the text did not tell it, and in events of old.',
    },
    personal: {
      body: 'The text as Markdown.',
      author:
        'An imported author or a guest (display name, e-mail, address; `guest` true for one who wrote here without an account), or null for a member.',
    },
  },
  'CommentEdited.v1': {
    stream: COMMENT_STREAM,
    sentence: 'Its author changed the text of a comment.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      language:
        'The language of the new text (BCP 47): what a person said of the comment before, or what the text tells; absent where that is none, and in events of old.',
    },
    personal: { body: 'The whole new text as Markdown.' },
  },
  'CommentLanguageSet.v1': {
    stream: COMMENT_STREAM,
    sentence: 'Its author or a moderator said which language a comment is in, whatever its text tells.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      language: 'The language (BCP 47); `und` for one that the forum does not know, or several.',
    },
    personal: null,
  },
  'CommentHeld.v2': {
    stream: COMMENT_STREAM,
    sentence: 'A comment is kept from readers until somebody decides on it.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      reasons:
        'Why, in short words (`awaiting-approval-in-source`, `guest`), and the rules of the policy that caught a guest on arrival.',
      keepsPlace: 'True when readers see its place in the thread, since they see answers to it.',
    },
    personal: null,
  },
  'CommentRemoved.v1': {
    stream: COMMENT_STREAM,
    sentence: 'A comment was removed; it keeps its place in the thread without author and text.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      by: '`author` or `moderator`.',
      reason: 'What the one who removed it said, or null.',
    },
    personal: null,
  },
  'CommentRestored.v1': {
    stream: COMMENT_STREAM,
    sentence: 'A comment that was held or removed is shown to readers (again).',
    data: { commentId: MEANING.comment, postId: MEANING.discussedPost },
    personal: null,
  },
  'CommentErased.v1': {
    stream: COMMENT_STREAM,
    sentence:
      'The text of a comment is erased for good, with its earlier texts and what moderators noted about it; it keeps its place in the thread.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      erasureId: 'The erasure that it is part of.',
    },
    personal: null,
  },
  'MembersMentioned.v1': {
    stream: COMMENT_STREAM,
    sentence:
      'The text of a comment mentions members by their handles, so that they are told of it once readers see it.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      memberIds: 'The members, in the order of the text; of a new text those whom no text before has mentioned.',
    },
    personal: null,
  },
  'CommentClaimed.v1': {
    stream: COMMENT_STREAM,
    sentence:
      "A member who confirmed the address with which an imported comment, or a guest's, was written is its author from now on.",
    data: { commentId: MEANING.comment, postId: MEANING.discussedPost, memberId: MEANING.member },
    personal: null,
  },
  ...DECISION_EVENTS,
};
