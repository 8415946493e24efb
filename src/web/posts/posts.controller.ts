import { Controller, Get, Inject, Param, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, oldAddressKey } from '../../../libs/kernel/index.ts';
import { viewerOf } from '../../access/principal.ts';
import { GetArchive, ListPosts, type PostFilter } from '../../views/post-list/post-list.query-types.ts';
import { tagHref } from '../shell/addresses.ts';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { ArchivePage } from './archive-page.tsx';
import { type PostsOf, PostsPage } from './posts-page.tsx';

const POSTS_A_PAGE = 10;

interface PostList {
  readonly of: PostsOf;
  readonly filter: PostFilter;
  readonly path: string;
}

/** The lists of posts: newest, by tag, by month; and the months. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class PostsPagesController {
  readonly #frames: Frames;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#queries = queries;
  }

  @Get('/')
  async newest(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // An old blog's `/?p=12`: who is led on, and where there is nothing, is settled where all unknown addresses are.
    if (oldAddressKey(request.url) !== null) throw new DomainError('not_found', 'There is no such post.');
    return this.#send({ of: { kind: 'all' }, filter: {}, path: '/' }, query, { request, reply });
  }

  @Get('tags/:tag')
  byTag(
    @Param('tag') tag: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send({ of: { kind: 'tag', tag }, filter: { tag }, path: tagHref(tag) }, query, { request, reply });
  }

  @Get('archive')
  async archive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const months = await this.#queries.execute(new GetArchive(new Date().toISOString()));
    await sendPage(h(ArchivePage, { frame: this.#frames.of(request), months }), { request, reply });
  }

  @Get('archive/:year/:month')
  byMonth(
    @Param() { year, month }: { readonly year: string; readonly month: string },
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const name = `${year}-${month}`;
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(name)) throw new DomainError('not_found', 'There is no such month.');
    const path = `/archive/${year}/${month}`;
    return this.#send({ of: { kind: 'month', month: name }, filter: { month: name }, path }, query, { request, reply });
  }

  async #send(
    { of, filter, path }: PostList,
    query: unknown,
    exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const cursor = textIn(query, 'cursor') || null;
    const viewer = viewerOf(exchange.request.principal);
    const page = { limit: POSTS_A_PAGE, cursor };
    const posts = await this.#queries.execute(new ListPosts(filter, page, viewer, new Date().toISOString()));
    const frame = this.#frames.of(exchange.request);
    await sendPage(h(PostsPage, { frame, of, posts, path, isFirst: cursor === null }), exchange);
  }
}
