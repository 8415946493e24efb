import { Query } from '@nestjs/cqrs';
import type { Comment, CommentDiff, CommentPage, Page, Revision, ThreadChange } from '../../../libs/client/index.ts';
import type { LinkedQuote } from '../../../libs/markdown/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { SealVersion } from '../../../libs/vault/index.ts';
import type { CommentFilter, CommentSort } from '../../../libs/words/index.ts';
import type { CommentPosted } from '../../domain/comment/comment.events.ts';
import type { Viewer } from '../viewer.ts';
import type { FoldedSize, PagePlace } from './folded-shapes.ts';

/** The answers of a conversation that a page of a discussion leaves out. */
export interface FoldedAnswers {
  /** The top-level comment. */
  readonly rootId: string;
  /** The number of left-out answers; MOST_COUNTED plus one means more than that. */
  readonly count: number;
  /** The cursor of the page that has them, and the first of them. */
  readonly cursor: string;
  readonly firstId: string;
}

/** A page of a discussion in the form for readers. */
export interface ReadersPage extends CommentPage {
  readonly previous: string | null;
  /** Null on the last page, and where nothing follows the conversation that the page is inside of. */
  readonly last: string | null;
  /** Visible answers at all depths, by the comments whose answers are not all on the page. */
  readonly answers: Readonly<Record<string, number>>;
  readonly place: PagePlace;
  readonly folds: readonly FoldedAnswers[];
  /**
   * On a page inside a conversation: the cursor of the page that begins with the conversation, null for the first page.
   * Otherwise undefined.
   */
  readonly whole?: string | null;
}

/**
 * One page of a discussion: conversations by sort, each with its first answers, and the others folded. The cursor of a
 * fold leads to the answers that it left out. Throws DomainError post_not_found, invalid (cursor).
 */
export class GetDiscussion extends Query<ReadersPage> {
  constructor(
    readonly postId: string,
    readonly options: FoldedSize & {
      readonly sort: CommentSort;
      readonly cursor: string | null;
      readonly only?: CommentFilter;
    },
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** A page of a thread as the bytes of its JSON. */
export interface EncodedPage {
  readonly json: Buffer;
  readonly position: bigint;
  /** The same as objects, for a viewer who sees more of the thread than anybody. */
  readonly items?: readonly Comment[];
}
/** The same page as JSON bytes, encoded once for all readers who see the same, and kept until the thread changes. */
export class GetEncodedThread extends Query<EncodedPage> {
  constructor(
    readonly postId: string,
    readonly options: {
      readonly sort: CommentSort;
      readonly limit: number;
      readonly cursor: string | null;
      readonly only?: CommentFilter;
    },
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** Throws DomainError comment_not_found, also for a comment that this viewer may not see at all. */
export class GetComment extends Query<Comment> {
  constructor(
    readonly commentId: string,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/**
 * A page of a thread for a program that reads all of it once: nothing of it is kept for the next reader. Throws DomainError
 * post_not_found, invalid (cursor).
 */
export class GetThreadPage extends Query<CommentPage> {
  constructor(
    readonly postId: string,
    readonly options: GetEncodedThread['options'],
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/**
 * A comment for a member who may remove it: a comment that GetComment finds, the member's own, and for moderators any,
 * also under a post that is no longer public. Throws DomainError comment_not_found for all others.
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
 * The answer to a recorded write of this viewer: an empty place where the viewer no longer finds the comment. Throws
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

/** A comment's posting as the log took it; there is nothing more of the comment at that position. */
export interface NewlyPosted {
  readonly fact: CommentPosted;
  /** RFC 3339, UTC, milliseconds: the time of the posting. */
  readonly at: string;
  readonly position: bigint;
}

/** The answer of GetComment for a comment that nothing has touched since it was posted, without reading the view. */
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

/**
 * The first comment of a thread that this viewer can read, by time, from a moment on (milliseconds since 1970); null where
 * there is none. Throws DomainError post_not_found.
 */
export class GetFirstCommentFrom extends Query<string | null> {
  constructor(
    readonly postId: string,
    readonly from: number,
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
  /** MOST_PUBLIC_COUNTED plus one means more than that. */
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

/** How many comments of a member everybody can read; MOST_PUBLIC_COUNTED plus one means more than that. */
export class CountPublicComments extends Query<number> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** The newest comments under a post that everybody can read, at all depths, the newest first; none under a post that readers do not see. */
export class GetNewestUnder extends Query<readonly Comment[]> {
  constructor(
    readonly postId: string,
    readonly limit: number,
  ) {
    super();
  }
}

/** The newest comments that everybody can read, whoever wrote them, on whatever posts. Throws DomainError invalid (cursor). */
export class GetRecentComments extends Query<Page<Comment>> {
  constructor(
    readonly limit: number,
    readonly cursor: string | null,
    /** An origin, or OWN_SITE; null for all sites. */
    readonly site: string | null = null,
  ) {
    super();
  }
}

/**
 * The comments of a period that may be quoted: which everybody can read, by members who allow it. Those with the most direct
 * answers and reactions together come first; of equals, the older one. Comments without either are left out.
 */
export class ListDiscussedComments extends Query<readonly Comment[]> {
  constructor(
    /** Milliseconds since 1970; `until` is the first moment after. */
    readonly from: number,
    readonly until: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** A quotation of a post that names a comment by a link, and is not to be sent. */
export interface UnsendableQuote extends LinkedQuote {
  readonly commentIds: readonly string[];
  /** Not everybody can read the comment; its author does not allow quotes; or it does not have these words. */
  readonly why: 'gone' | 'not-allowed' | 'changed';
}

/** The quotations in the Markdown of an issue that may not be sent as things stand. */
export class FindUnsendableQuotes extends Query<readonly UnsendableQuote[]> {
  constructor(readonly body: string) {
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

/** The changes in a thread after a position, as readers may see them now; the room is one for all. */
export class GetThreadChanges extends Query<{
  readonly position: bigint;
  readonly changes: readonly ThreadChange[];
  /** The approximate size of these changes as they are sent. */
  readonly bytes: number;
  /**
   * True when the changes are too many or too long (MOST_CHANGES_ON_JOIN, MOST_CATCH_UP_BYTES): there are none here,
   * and the thread must be read anew.
   */
  readonly reload: boolean;
  /** Items on all pages, as readers see them now, which may be later than `position`. */
  readonly total: number;
  /** The comments whose text everybody can read now. */
  readonly visible: number;
  /** The number of further comments that the viewer sees. */
  readonly hidden: number;
}> {
  constructor(
    readonly postId: string,
    readonly after: bigint,
    /** Changes up to here only; the view's own position unless given. */
    readonly until?: bigint,
    /** The viewer of the counts; the changes are the same for all. */
    readonly viewer: Viewer = null,
  ) {
    super();
  }
}

export interface RevisionPage {
  readonly revisions: readonly Revision[];
  /** The revision after which the next page begins; null at the end. */
  readonly next: number | null;
  /** The number of texts on the pages before. */
  readonly textsBefore: number;
  /** The revisions of the texts here that readers do not see. */
  readonly unseen: readonly number[];
}

/** The most revisions of a comment in one answer. */
export const MOST_REVISIONS = 100;

/**
 * Reads the log, as histories may: a comment's revisions after one of them, oldest first, with the differences between
 * neighbours. Throws DomainError comment_not_found, also for viewers who may not see it.
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

/**
 * The difference by words between any two texts of a comment, named by revisions. Throws like GetCommentHistory,
 * `not_found`, and `invalid` for a revision that does not exist yet.
 */
export class GetCommentDiff extends Query<{ readonly compared: CommentDiff; readonly unseen: readonly number[] }> {
  constructor(
    readonly commentId: string,
    readonly between: { readonly from: number; readonly to: number },
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** The place of a comment's text in the log. */
export interface CommentLine {
  readonly position: bigint;
  readonly revision: number;
  /** RFC 3339, UTC. */
  readonly recordedAt: string;
  /** The event's line; null for viewers who may know its place but not its words. */
  readonly line: string | null;
  /**
   * The version of the text's seal: a seal of version 1 does not bind the forum to one text. Null where nothing is
   * sealed.
   */
  readonly sealVersion: SealVersion | null;
}

/**
 * Reads the log, as histories may: the event for a receipt, which holds the comment's newest text, or that of a
 * revision. It shows only what a reader without a role sees. Throws like GetComment, and `not_found` for a revision
 * without a text.
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

/** The thread view's message to live after a commit: only where to look, never anything that a reader might not see. */
export interface ThreadProjected {
  readonly postId: string;
  readonly position: bigint;
  /** True when nothing but comments and reactions came: the thread stands at each position before as it stood there. */
  readonly isOnlyMore: boolean;
}

/** The message about a member's new comment: its place in the log (decimal), and its time. */
export interface PostedProjected {
  readonly authorId: string;
  readonly posted: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The message about a comment with another text or status. */
export interface ChangedProjected {
  readonly changedCommentId: string;
}

export type ThreadChangeTold = ThreadProjected | PostedProjected | ChangedProjected;
export const threadChangesTold = changesOf<ThreadChangeTold>('thread');
