import { Query } from '@nestjs/cqrs';
import type { ArchiveMonth, Page, Post, PostSummary } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { Viewer } from '../viewer.ts';

export interface PostFilter {
  /** `2015-10`, in UTC. */
  readonly month?: string;
  readonly tag?: string;
  /** Words in title or body. */
  readonly q?: string;
}

/** Newest first; scheduled and withdrawn ones for editors only. `now` decides what is published already. */
export class ListPosts extends Query<Page<PostSummary>> {
  constructor(
    readonly filter: PostFilter,
    readonly page: { readonly limit: number; readonly cursor: string | null },
    readonly viewer: Viewer,
    readonly now: string,
  ) {
    super();
  }
}

/** Where what was at an old address is now. */
export interface Moved {
  /** Of a page of the forum, with a fragment where it is a part of one. */
  readonly path: string;
  /** Whether it is the same thing for good; false for what only stands in its place until the forum has such a thing itself. */
  readonly lasts: boolean;
}

/** Null for nothing that this viewer may see. */
export class FindMoved extends Query<Moved | null> {
  constructor(
    /** Path and query, as it was asked for. */
    readonly address: string,
    readonly viewer: Viewer,
    readonly now: string,
  ) {
    super();
  }
}

/** When the next scheduled post is out, in milliseconds since 1970; null when none is scheduled. */
export class GetNextOut extends Query<number | null> {
  constructor(readonly now: string) {
    super();
  }
}

export class GetArchive extends Query<readonly ArchiveMonth[]> {
  constructor(readonly now: string) {
    super();
  }
}

/** By id or slug. Throws DomainError post_not_found, also for what this viewer may not see. */
export class GetPost extends Query<Post> {
  constructor(
    readonly idOrSlug: string,
    readonly viewer: Viewer,
    readonly now: string,
  ) {
    super();
  }
}

/** What the post list says after a commit: which post is another one now, or how it is discussed. */
export interface PostProjected {
  readonly changedPostId: string;
}

export const postListChanges = changesOf<PostProjected>('post-list');
