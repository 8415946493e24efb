import { Query } from '@nestjs/cqrs';
import type { DiffPart, MemberAuthor } from '../../../libs/client/index.ts';

/** What editors may change of a post's text, and its name in addresses. */
export interface RevisedText {
  readonly title: string;
  readonly body: string;
  readonly excerpt: string | null;
  readonly tags: readonly string[];
  readonly locale: string;
  readonly slug: string;
}

/** A text of a post as it was. */
export interface PostRevision extends RevisedText {
  /** Of the post, as its newest is told. */
  readonly revision: number;
  /** RFC 3339. */
  readonly at: string;
  /** Null for an imported post, and for somebody who is gone. */
  readonly by: MemberAuthor | null;
  /** The text before it; null for the first one. */
  readonly before: RevisedText | null;
  /** From the body before it to this one; null for the first one. */
  readonly diff: readonly DiffPart[] | null;
}

export interface PostRevisions {
  /** The newest first. */
  readonly items: readonly PostRevision[];
  /** Those before this revision are on the next page; null on the last one. */
  readonly next: number | null;
}

/** The texts and names of a post before a revision, from the log; for editors. */
export class GetPostRevisions extends Query<PostRevisions> {
  constructor(
    readonly postId: string,
    readonly page: { readonly before: number | null; readonly limit: number },
  ) {
    super();
  }
}
