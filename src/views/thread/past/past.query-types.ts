import { Query } from '@nestjs/cqrs';
import type { CommentPage, ThreadActivity, ThreadDifference } from '../../../../libs/client/index.ts';
import type { CommentSort } from '../../../../libs/words/index.ts';
import type { Viewer } from '../../viewer.ts';
import type { ReadersPage } from '../thread.query-types.ts';

/**
 * A moment of a thread: `position` is the log's beginning up to there, which can be proven; `at` all that had happened by
 * then (milliseconds since 1970), as readers know the discussion: imported comments stand at the time of their source.
 */
export type Moment =
  | { readonly by: 'position'; readonly position: bigint }
  | { readonly by: 'time'; readonly at: number };

/** A cursor is bound to this key, and so is a kept page. */
export function momentKey(moment: Moment): string {
  return moment.by === 'position' ? `position ${moment.position}` : `at ${moment.at}`;
}

export interface PastOptions {
  readonly sort: CommentSort;
  readonly limit: number;
  readonly cursor: string | null;
  readonly moment: Moment;
  /** Comments at all depths; the API's number unless told. */
  readonly most?: number;
  /** A page that goes on inside a conversation begins with the comments above its first one. */
  readonly withAbove?: boolean;
  /** The cursor may be the present's or of another moment: it leads to the same place, and from behind the end to the last page. */
  readonly anyMoment?: boolean;
}

/** The parts of an answer that readers do not see: texts by their comments and revisions. Empty for readers. */
export interface Unseen {
  readonly unseen: readonly { readonly commentId: string; readonly revision: number }[];
}

/** `count`: of the comments on all pages those that are visible, as the number above a discussion has it. */
export interface PastAnswer extends Unseen, Pick<ReadersPage, 'last' | 'answers' | 'place'> {
  readonly page: CommentPage;
  /** The cursor of the page that ends before this one; null on the first. */
  readonly previous: string | null;
  readonly count: number;
}

/** What stood out of a discussion at a moment, whether readers saw it or not. */
export interface MarksThen {
  pinnedCommentId: string | null;
  asks: boolean;
  acceptedId: string | null;
  readonly featured: Set<string>;
}

/** The comments that stood out at a moment: pinned, accepted as the answer, featured. */
export class GetMarksAt extends Query<MarksThen> {
  constructor(
    readonly postId: string,
    readonly moment: Moment,
  ) {
    super();
  }
}

/**
 * A page of a thread as it stood at a moment, in the form of GetThread. Throws DomainError post_not_found, and
 * `invalid` for a cursor of another list and for a moment in the future.
 */
export class GetThreadAt extends Query<PastAnswer> {
  constructor(
    readonly postId: string,
    readonly options: PastOptions,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** The same as the bytes of its JSON, kept for readers until the thread changes. */
export class GetEncodedThreadAt extends Query<{ readonly json: Buffer; readonly position: bigint } & Unseen> {
  constructor(
    readonly postId: string,
    readonly options: PastOptions,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/**
 * The times of everything that happened in a thread, for the slider of its time machine. Throws DomainError
 * post_not_found.
 */
export class GetThreadActivity extends Query<ThreadActivity> {
  constructor(
    readonly postId: string,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/**
 * The comments that are new, edited or removed between two moments; `until` null means now. Throws like GetThreadAt,
 * and `invalid` when the moments are in the wrong order.
 */
export class GetThreadDifference extends Query<{ readonly difference: ThreadDifference } & Unseen> {
  constructor(
    readonly postId: string,
    readonly between: { readonly after: Moment; readonly until: Moment | null },
    /** `notBy`: members whose comments are left out. */
    readonly page: { readonly limit: number; readonly cursor: string | null; readonly notBy?: readonly string[] },
    readonly viewer: Viewer,
  ) {
    super();
  }
}
