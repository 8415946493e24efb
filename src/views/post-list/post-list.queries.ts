import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { ArchiveMonth, Page, Post, PostSummary } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { seesUnpublished } from '../viewer.ts';
import { GetArchive, GetNextOut, GetPost, ListPosts } from './post-list.query-types.ts';
import { listPosts, monthsWithPosts, nextOutAfter, postBy } from './post-list.reads.ts';
import { PostPresenter } from './post-presenter.ts';
import { statusOf } from './present-post.ts';

@QueryHandler(ListPosts)
export class ListPostsHandler implements IQueryHandler<ListPosts> {
  readonly #views: Views;
  readonly #presenter: PostPresenter;

  constructor(@Inject(VIEWS) views: Views, @Inject(PostPresenter) presenter: PostPresenter) {
    this.#views = views;
    this.#presenter = presenter;
  }

  async execute({ filter, page, viewer, now }: ListPosts): Promise<Page<PostSummary>> {
    const at = Date.parse(now);
    const options = { filter, limit: page.limit, cursor: page.cursor, now: at, all: seesUnpublished(viewer) };
    const { rows, next } = reading(this.#views.db('post-list'), (db) => listPosts(db, options));
    return { items: await this.#presenter.summaries(rows, at), next };
  }
}

@QueryHandler(GetArchive)
export class GetArchiveHandler implements IQueryHandler<GetArchive> {
  readonly #views: Views;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
  }

  async execute({ now }: GetArchive): Promise<readonly ArchiveMonth[]> {
    return monthsWithPosts(this.#views.db('post-list'), Date.parse(now));
  }
}

@QueryHandler(GetNextOut)
export class GetNextOutHandler implements IQueryHandler<GetNextOut> {
  readonly #views: Views;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
  }

  async execute({ now }: GetNextOut): Promise<number | null> {
    return nextOutAfter(this.#views.db('post-list'), Date.parse(now));
  }
}

@QueryHandler(GetPost)
export class GetPostHandler implements IQueryHandler<GetPost> {
  readonly #views: Views;
  readonly #presenter: PostPresenter;

  constructor(@Inject(VIEWS) views: Views, @Inject(PostPresenter) presenter: PostPresenter) {
    this.#views = views;
    this.#presenter = presenter;
  }

  async execute({ idOrSlug, viewer, now }: GetPost): Promise<Post> {
    const at = Date.parse(now);
    const row = postBy(this.#views.db('post-list'), idOrSlug);
    if (!row || (statusOf(row, at) !== 'published' && !seesUnpublished(viewer))) {
      throw new DomainError('post_not_found', 'There is no such post.');
    }
    return this.#presenter.post(row, at);
  }
}
