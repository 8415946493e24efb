import { Inject, Injectable } from '@nestjs/common';
import type { CommentPage } from '../../../libs/client/index.ts';
import { formatPosition } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import type { CommentFilter } from '../../../libs/words/index.ts';
import { idText } from '../ids.ts';
import { fittingPage } from '../page-bounds.ts';
import { UnwrittenPageMemory } from '../post-list/door/unwritten-page-memory.ts';
import { seesUnpublished, type Viewer } from '../viewer.ts';
import { CommentPresenter } from './door/comment-presenter.ts';
import { featuredPage } from './featured-page.ts';
import { foldedPage } from './folded-page.ts';
import { readCursor, type ThreadCursor, writeCursor } from './thread.cursor.ts';
import { MOST_COMMENTS, threadPage } from './thread.page.ts';
import type { GetDiscussion, GetEncodedThread, ReadersPage } from './thread.query-types.ts';
import { isThread, scopeOf, totalOf, visiblePost } from './thread.reads.ts';

export type PageQuery = Pick<GetEncodedThread, 'postId' | 'options' | 'viewer'>;
type DiscussionQuery = Pick<GetDiscussion, keyof PageQuery>;

/** Pages of threads, read in one transaction with the position that they show. */
@Injectable()
export class ThreadPages {
  readonly #views: Views;
  readonly #presenter: CommentPresenter;
  readonly #unwritten: UnwrittenPageMemory;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(CommentPresenter) presenter: CommentPresenter,
    @Inject(UnwrittenPageMemory) unwritten: UnwrittenPageMemory,
  ) {
    this.#views = views;
    this.#presenter = presenter;
    this.#unwritten = unwritten;
  }

  /** Throws DomainError `post_not_found`, `invalid` (cursor). */
  page(query: PageQuery): Promise<CommentPage> {
    if (this.#isUnwritten(query.postId)) return Promise.resolve({ ...this.#nothing(), next: null });
    return fittingPage(MOST_COMMENTS, {
      make: (most) => this.#page(query, most),
      htmlOf: ({ items }) => items.map(({ bodyHtml }) => bodyHtml),
    });
  }

  async #page({ postId, options, viewer }: PageQuery, most: number): Promise<CommentPage> {
    const { cursor: _at, only, ...wish } = options;
    const list = listOf(postId, only);
    const cursor = options.cursor === null ? null : readCursor(options.cursor, list, options.sort);
    const { position, scope, total, rows, next } = reading(this.#views.db('thread'), (db, at) => {
      const post = visiblePost(db, postId, viewer);
      const sees = scopeOf(db, post, viewer);
      const thread = { post, scope: sees };
      const page = { ...wish, cursor, most };
      if (only !== undefined) return { ...featuredPage(db, thread, page), position: at, scope: sees };
      return { ...threadPage(db, thread, page), position: at, scope: sees, total: totalOf(db, post, sees) };
    });
    return {
      position: formatPosition(position),
      total,
      items: await this.#presenter.present(rows, scope),
      next: next && writeCursor(next, list, options.sort),
    };
  }

  /** Throws DomainError `post_not_found`, `invalid` (cursor). */
  discussion(query: DiscussionQuery): Promise<ReadersPage> {
    if (this.#isUnwritten(query.postId)) {
      const ends = { previous: null, next: null, last: null, folds: [], answers: {}, place: { from: 1, to: 0 } };
      return Promise.resolve({ ...this.#nothing(), ...ends });
    }
    return fittingPage(query.options.most, {
      make: (most) => this.#discussion(query, most),
      htmlOf: ({ items }) => items.map(({ bodyHtml }) => bodyHtml),
    });
  }

  async #discussion({ postId, options, viewer }: DiscussionQuery, most: number): Promise<ReadersPage> {
    const { sort, only } = options;
    const list = listOf(postId, only);
    const cursor = options.cursor === null ? null : readCursor(options.cursor, list, sort);
    const { position, scope, total, page } = reading(this.#views.db('thread'), (db, at) => {
      const post = visiblePost(db, postId, viewer);
      const sees = scopeOf(db, post, viewer);
      const [thread, wish] = [
        { post, scope: sees },
        { ...options, cursor, most },
      ];
      const read = only === undefined ? foldedPage(db, thread, wish) : featuredPage(db, thread, wish);
      return { page: read, position: at, scope: sees, total: totalOf(db, post, sees) };
    });
    const written = (place: ThreadCursor | null): string | null => place && writeCursor(place, list, sort);
    return {
      position: formatPosition(position),
      total,
      items: await this.#presenter.present(page.rows, scope),
      folds: page.folds.map(({ root, first, count, cursor: place }) => {
        return { rootId: idText(root.id), firstId: idText(first.id), count, cursor: writeCursor(place, postId, sort) };
      }),
      previous: written(page.previous),
      next: written(page.next),
      last: written(page.last),
      answers: Object.fromEntries([...page.answers].map(([row, count]) => [idText(row.id), count])),
      place: page.place,
      ...(page.whole !== undefined && { whole: written(page.whole) }),
    };
  }

  /** A page of another site before its first comment. */
  #isUnwritten(postId: string): boolean {
    return this.#unwritten.of(postId) !== undefined && !isThread(this.#views.db('thread'), postId);
  }

  #nothing(): Pick<CommentPage, 'position' | 'total' | 'items'> {
    return { position: formatPosition(this.#views.position()), total: 0, items: [] };
  }

  /** True when this viewer sees no more of the thread than anybody, and the thread is public. */
  isPlainReader(postId: string, viewer: Viewer): boolean {
    if (viewer === null) return true;
    if (seesUnpublished(viewer)) return false;
    if (this.#isUnwritten(postId)) return true;
    const db = this.#views.db('thread');
    return scopeOf(db, visiblePost(db, postId, viewer), viewer).sees === 'reader';
  }
}

/** What a cursor is bound to: a picked part of a thread is another list than all of it. */
function listOf(postId: string, only: CommentFilter | undefined): string {
  return only === undefined ? postId : `${postId} ${only}`;
}
