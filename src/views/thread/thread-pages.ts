import { Inject, Injectable } from '@nestjs/common';
import type { CommentPage } from '../../../libs/client/index.ts';
import { formatPosition } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import type { Viewer } from '../viewer.ts';
import { CommentPresenter } from './comment-presenter.ts';
import { readCursor, writeCursor } from './thread.cursor.ts';
import { threadPage } from './thread.page.ts';
import type { GetThread } from './thread.query-types.ts';
import { scopeOf, totalOf, visiblePost } from './thread.reads.ts';

export type PageQuery = Pick<GetThread, 'postId' | 'options' | 'viewer'>;

/** Pages of threads, read in one transaction with the position that they show. */
@Injectable()
export class ThreadPages {
  readonly #views: Views;
  readonly #presenter: CommentPresenter;

  constructor(@Inject(VIEWS) views: Views, @Inject(CommentPresenter) presenter: CommentPresenter) {
    this.#views = views;
    this.#presenter = presenter;
  }

  /** Throws DomainError `post_not_found`, `invalid` (cursor). */
  async page({ postId, options, viewer }: PageQuery): Promise<CommentPage> {
    const { cursor: _at, ...wish } = options;
    const cursor = options.cursor === null ? null : readCursor(options.cursor, postId, options.sort);
    const { position, scope, total, rows, next } = reading(this.#views.db('thread'), (db, at) => {
      const post = visiblePost(db, postId, viewer);
      const sees = scopeOf(db, post, viewer);
      const read = threadPage(db, { post, scope: sees }, { ...wish, cursor });
      return { ...read, position: at, scope: sees, total: totalOf(db, post, sees) };
    });
    return {
      position: formatPosition(position),
      total,
      items: await this.#presenter.present(rows, scope),
      next: next && writeCursor(next, postId, options.sort),
    };
  }

  /** True when this viewer sees no more of the thread than anybody. */
  isPlainReader(postId: string, viewer: Viewer): boolean {
    if (viewer === null) return true;
    const db = this.#views.db('thread');
    return scopeOf(db, visiblePost(db, postId, viewer), viewer).sees === 'reader';
  }
}
