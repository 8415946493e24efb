import { Query } from '@nestjs/cqrs';
import type { Comment, CommentDiff, CommentPage, Revision, ThreadChange } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { SealVersion } from '../../../libs/vault/index.ts';
import type { CommentSort } from '../../../libs/words/index.ts';
import type { CommentPosted } from '../../domain/comment/comment.events.ts';
import type { Viewer } from '../viewer.ts';
import type { FoldedSize } from './folded-page.ts';

/** What a page of a discussion leaves out of one of its conversations. */
export interface FoldedAnswers {
  /** The top-level comment. */
  readonly rootId: string;
  /** Answers that are left out; MOST_COUNTED and one more stand for more than that. */
  readonly count: number;
  /** The page on which they are, and the first of them. */
  readonly cursor: string;
  readonly firstId: string;
}

/** A page of a discussion as readers leaf through it. */
export interface ReadersPage extends CommentPage {
  readonly previous: string | null;
  readonly folds: readonly FoldedAnswers[];
  /** Of a page inside a conversation: the cursor of the page that begins with it, null for the first. Else undefined. */
  readonly whole?: string | null;
}

/**
 * One page of a discussion: conversations by sort, each with its first answers, the others folded; with a cursor of a fold,
 * the answers that it left out. Throws DomainError post_not_found, invalid (cursor).
 */
export class GetDiscussion extends Query<ReadersPage> {
  constructor(
    readonly postId: string,
    readonly options: FoldedSize & { readonly sort: CommentSort; readonly cursor: string | null },
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** A page of a thread as the bytes of its JSON. */
export interface EncodedPage {
  readonly json: Buffer;
  readonly position: bigint;
  /** What the bytes say, for a viewer who sees more of the thread than anybody. */
  readonly items?: readonly Comment[];
}
/** The same page as JSON bytes, encoded once for all readers who see the same and kept until the thread changes. */
export class GetEncodedThread extends Query<EncodedPage> {
  constructor(
    readonly postId: string,
    readonly options: { readonly sort: CommentSort; readonly limit: number; readonly cursor: string | null },
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** Throws DomainError comment_not_found, also for what this viewer may not see at all. */
export class GetComment extends Query<Comment> {
  constructor(
    readonly commentId: string,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/**
 * A comment as a member who may remove it finds it: as GetComment does, and one's own, and any for moderators, also under a post
 * that is not public any more. Throws DomainError comment_not_found for whatever else this member may not see.
 */
export class GetRemovable extends Query<Comment> {
  constructor(
    readonly commentId: string,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/**
 * The answer to a write of this viewer that the log has: an empty place where the viewer finds the comment no more. Throws
 * DomainError comment_not_found only when there is no such comment.
 */
export class GetWritten extends Query<Comment> {
  constructor(
    readonly commentId: string,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** A comment's posting as the log took it: all there is of the comment at that position. */
export interface NewlyPosted {
  readonly fact: CommentPosted;
  /** RFC 3339, UTC, milliseconds: when it happened. */
  readonly at: string;
  readonly position: bigint;
}

/** What GetComment shows everybody of a comment that nothing has touched since it was posted, without reading the view. */
export class GetNewComment extends Query<Comment> {
  constructor(readonly posted: NewlyPosted) {
    super();
  }
}

/**
 * The cursor under which GetDiscussion shows this comment to this viewer (for `#comment-{id}` links). Throws DomainError
 * comment_not_found.
 */
export class LocateComment extends Query<{ readonly postId: string; readonly cursor: string | null }> {
  constructor(
    readonly commentId: string,
    readonly options: FoldedSize & { readonly sort: CommentSort },
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** Public comments of a member are counted up to here. */
export const MOST_PUBLIC_COUNTED = 1_000;

export interface PublicComments {
  readonly items: readonly Comment[];
  readonly next: string | null;
  /** MOST_PUBLIC_COUNTED and one more stand for more than that. */
  readonly count: number;
}

/**
 * A member's comments that everybody can read, newest first: visible, below nothing that is hidden, under published posts.
 * Throws DomainError invalid (cursor).
 */
export class GetPublicComments extends Query<PublicComments> {
  constructor(
    readonly memberId: string,
    readonly limit: number,
    readonly cursor: string | null,
  ) {
    super();
  }
}

/** A member's own reactions to some comments of a post: the kinds by comment id, in no order. */
export class GetOwnReactions extends Query<Readonly<Record<string, readonly string[]>>> {
  constructor(
    readonly commentIds: readonly string[],
    readonly memberId: string,
  ) {
    super();
  }
}

/** What happened in a thread after a position, as a reader (the room is one for all) may see it now. */
export class GetThreadChanges extends Query<{
  readonly position: bigint;
  readonly changes: readonly ThreadChange[];
  /** Bytes of these changes as they are sent, about. */
  readonly bytes: number;
  /** Too many of them, or too long (MOST_CHANGES_ON_JOIN, MOST_CATCH_UP_BYTES): there are none, and the thread is to be read anew. */
  readonly reload: boolean;
  /** Items over all pages, as readers see them now, be that later than `position`. */
  readonly total: number;
  /** Comments whose text everybody can read, now. */
  readonly visible: number;
  /** How many more of them the viewer sees. */
  readonly hidden: number;
}> {
  constructor(
    readonly postId: string,
    readonly after: bigint,
    /** Changes up to here only; the view's own position unless given. */
    readonly until?: bigint,
    /** For whom it is counted; the changes are the same for all. */
    readonly viewer: Viewer = null,
  ) {
    super();
  }
}

export interface RevisionPage {
  readonly revisions: readonly Revision[];
  /** The revision after which the next page begins; null at the end. */
  readonly next: number | null;
  /** How many texts stand on the pages before. */
  readonly textsBefore: number;
  /** Revisions of the texts here that readers are not shown. */
  readonly unseen: readonly number[];
}

/** Revisions of a comment that are told at once. */
export const MOST_REVISIONS = 100;

/**
 * Reads the log (history may): a comment's revisions after one of them, oldest first, with the diff between neighbours.
 * Throws DomainError comment_not_found, also for those who may not see it.
 */
export class GetCommentHistory extends Query<RevisionPage> {
  constructor(
    readonly commentId: string,
    readonly viewer: Viewer,
    readonly page: { readonly after: number; readonly limit: number } = { after: -1, limit: MOST_REVISIONS },
  ) {
    super();
  }
}

/** The difference by words between any two texts of a comment, named by revisions. Throws as GetCommentHistory, `not_found`, and `invalid` for a revision that is still to come. */
export class GetCommentDiff extends Query<{ readonly compared: CommentDiff; readonly unseen: readonly number[] }> {
  constructor(
    readonly commentId: string,
    readonly between: { readonly from: number; readonly to: number },
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** Where the log has a text of a comment. */
export interface CommentLine {
  readonly position: bigint;
  readonly revision: number;
  /** RFC 3339, UTC. */
  readonly recordedAt: string;
  /** The event's line; null for who may know that it is there and not what it says. */
  readonly line: string | null;
  /** How its text is sealed: a seal of version 1 does not hold the forum to one text. Null where nothing is sealed. */
  readonly sealVersion: SealVersion | null;
}

/**
 * Reads the log (history may): the event that a receipt is for, which has the comment's newest text, or the one of a revision.
 * It shows what a reader without an office sees. Throws as GetComment, and `not_found` for a revision without a text.
 */
export class GetCommentLine extends Query<CommentLine> {
  constructor(
    readonly commentId: string,
    readonly revision: number | null,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** What the thread view says to live after a commit: only where to look, never what a reader might not see. */
export interface ThreadProjected {
  readonly postId: string;
  readonly position: bigint;
}

/** What it says besides of a member's new comment: where it stands in the log (decimal), and when it was written. */
export interface PostedProjected {
  readonly authorId: string;
  readonly posted: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What it says of a comment that got another text or another status. */
export interface ChangedProjected {
  readonly changedCommentId: string;
}

export type ThreadChangeTold = ThreadProjected | PostedProjected | ChangedProjected;
export const threadChangesTold = changesOf<ThreadChangeTold>('thread');
