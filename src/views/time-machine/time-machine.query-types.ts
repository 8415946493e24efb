import { Query } from '@nestjs/cqrs';
import type { CommentPage, CommentSort, ThreadActivity, ThreadDifference } from '../../../libs/client/index.ts';
import type { Viewer } from '../viewer.ts';
import type { Moment } from './moment.ts';

export interface PastOptions {
  readonly sort: CommentSort;
  readonly limit: number;
  readonly cursor: string | null;
  readonly moment: Moment;
}

/** What of an answer readers do not see: ids of comments, none for readers. */
export interface Unseen {
  readonly unseen: readonly string[];
}

/**
 * A page of a thread as it stood at a moment, as GetThread gives one of today. Throws DomainError post_not_found, and
 * `invalid` for a cursor of elsewhere and for a moment that has not come.
 */
export class GetThreadAt extends Query<{ readonly page: CommentPage } & Unseen> {
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

/** When what happened in a thread: what the slider of its time machine moves over. Throws DomainError post_not_found. */
export class GetThreadActivity extends Query<ThreadActivity> {
  constructor(
    readonly postId: string,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/**
 * What is new, edited or removed between two moments; `until` null is now. Throws as GetThreadAt, and `invalid` when they
 * are the wrong way round.
 */
export class GetThreadDifference extends Query<{ readonly difference: ThreadDifference } & Unseen> {
  constructor(
    readonly postId: string,
    readonly between: { readonly after: Moment; readonly until: Moment | null },
    readonly page: { readonly limit: number; readonly cursor: string | null },
    readonly viewer: Viewer,
  ) {
    super();
  }
}
