import { Query } from '@nestjs/cqrs';
import type { Database } from 'better-sqlite3';
import type { CommentPage, Page, Post, PostSummary } from '../../../libs/client/index.ts';

/** Views as they stood at some moment, open for reading. The caller has checked that the reader may see everything. */
export interface ScratchFiles {
  readonly thread: Database;
  readonly postList: Database;
  /** The moment, in milliseconds since 1970. */
  readonly now: number;
}

interface PageWish {
  readonly limit: number;
  readonly cursor: string | null;
}

/** All posts, with scheduled and withdrawn ones, newest first. Throws DomainError invalid (cursor). */
export class ListScratchPosts extends Query<Page<PostSummary>> {
  constructor(
    readonly files: ScratchFiles,
    readonly page: PageWish,
  ) {
    super();
  }
}

/**
 * A post with a page of its thread, oldest first, with hidden comments. Throws DomainError post_not_found, invalid
 * (cursor).
 */
export class GetScratchThread extends Query<{ readonly post: Post; readonly page: CommentPage }> {
  constructor(
    readonly files: ScratchFiles,
    readonly postId: string,
    readonly page: PageWish,
  ) {
    super();
  }
}
