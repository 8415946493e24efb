import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Comment } from '../../../libs/client/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { idText } from '../ids.ts';
import { CommentPresenter } from './door/comment-presenter.ts';
import { EncodedThreads } from './encoded-threads.ts';
import { KeptDiscussions } from './kept-discussions.ts';
import { writeCursor } from './thread.cursor.ts';
import { locateComment } from './thread.locate.ts';
import {
  type DiscussionPage,
  type EncodedPage,
  GetComment,
  GetDiscussion,
  GetEncodedThread,
  GetNewComment,
  GetRemovable,
  GetWritten,
  LocateComment,
} from './thread.query-types.ts';
import { visibleComment } from './thread.reads.ts';
import { removableComment, writtenComment } from './written-comment.ts';

@QueryHandler(GetDiscussion)
export class GetDiscussionHandler implements IQueryHandler<GetDiscussion> {
  readonly #kept: KeptDiscussions;

  constructor(@Inject(KeptDiscussions) kept: KeptDiscussions) {
    this.#kept = kept;
  }

  execute(query: GetDiscussion): Promise<DiscussionPage> {
    return this.#kept.page(query);
  }
}

@QueryHandler(GetEncodedThread)
export class GetEncodedThreadHandler implements IQueryHandler<GetEncodedThread> {
  readonly #encoded: EncodedThreads;

  constructor(@Inject(EncodedThreads) encoded: EncodedThreads) {
    this.#encoded = encoded;
  }

  execute(query: GetEncodedThread): Promise<EncodedPage> {
    return this.#encoded.page(query);
  }
}

@QueryHandler(GetComment)
export class GetCommentHandler implements IQueryHandler<GetComment> {
  readonly #views: Views;
  readonly #presenter: CommentPresenter;

  constructor(@Inject(VIEWS) views: Views, @Inject(CommentPresenter) presenter: CommentPresenter) {
    this.#views = views;
    this.#presenter = presenter;
  }

  async execute({ commentId, viewer }: GetComment): Promise<Comment> {
    const { row, scope } = reading(this.#views.db('thread'), (db) => visibleComment(db, commentId, viewer));
    return this.#presenter.presentOne(row, scope);
  }
}

@QueryHandler(GetRemovable)
export class GetRemovableHandler implements IQueryHandler<GetRemovable> {
  readonly #views: Views;
  readonly #presenter: CommentPresenter;

  constructor(@Inject(VIEWS) views: Views, @Inject(CommentPresenter) presenter: CommentPresenter) {
    this.#views = views;
    this.#presenter = presenter;
  }

  async execute({ commentId, viewer }: GetRemovable): Promise<Comment> {
    const { row, sees } = reading(this.#views.db('thread'), (db) => removableComment(db, commentId, viewer));
    return this.#presenter.presentOne(row, { sees });
  }
}

@QueryHandler(GetWritten)
export class GetWrittenHandler implements IQueryHandler<GetWritten> {
  readonly #views: Views;
  readonly #presenter: CommentPresenter;

  constructor(@Inject(VIEWS) views: Views, @Inject(CommentPresenter) presenter: CommentPresenter) {
    this.#views = views;
    this.#presenter = presenter;
  }

  async execute({ commentId, viewer }: GetWritten): Promise<Comment> {
    const { row, sees } = reading(this.#views.db('thread'), (db) => writtenComment(db, commentId, viewer));
    return sees === 'nothing' ? this.#presenter.presentGone(row) : this.#presenter.presentOne(row, { sees });
  }
}

@QueryHandler(GetNewComment)
export class GetNewCommentHandler implements IQueryHandler<GetNewComment> {
  readonly #presenter: CommentPresenter;

  constructor(@Inject(CommentPresenter) presenter: CommentPresenter) {
    this.#presenter = presenter;
  }

  execute({ posted }: GetNewComment): Promise<Comment> {
    return this.#presenter.presentNew(posted);
  }
}

@QueryHandler(LocateComment)
export class LocateCommentHandler implements IQueryHandler<LocateComment> {
  readonly #views: Views;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
  }

  async execute({
    commentId,
    options,
    viewer,
  }: LocateComment): Promise<{ readonly postId: string; readonly cursor: string | null }> {
    return reading(this.#views.db('thread'), (db) => {
      const { row, post, scope } = visibleComment(db, commentId, viewer);
      const postId = idText(post.id);
      const cursor = locateComment(db, { post, row, scope }, options);
      return { postId, cursor: cursor && writeCursor(cursor, postId, options.sort) };
    });
  }
}
