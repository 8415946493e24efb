import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Post as WrittenPost } from '../../../libs/client/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Editing } from '../../acts/editing.ts';
import { GetPost, ListPosts } from '../../views/post-list/post-list.query-types.ts';
import { bringBackPath, postHref, WITHDRAWN_PATH, withdrawPath } from '../shell/addresses.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { BringBackPage, WithdrawnPage, WithdrawPage } from './withdrawing-pages.tsx';

const A_PAGE = 20;

/** Where editors withdraw posts and bring them back: asked first, since readers notice at once. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class WithdrawingPagesController {
  readonly #frames: Frames;
  readonly #editing: Editing;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(Editing) editing: Editing, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#editing = editing;
    this.#queries = queries;
  }

  @Get('write/withdrawn')
  async list(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const page = { limit: A_PAGE, cursor: textIn(query, 'cursor') || null };
    const viewer = viewerOf(request.principal);
    const list = new ListPosts({ withdrawn: true }, page, viewer, new Date().toISOString());
    const posts = await this.#queries.execute(list);
    await sendPage(h(WithdrawnPage, { frame: this.#frames.of(request, WITHDRAWN_PATH), posts }), { request, reply });
  }

  /** What is withdrawn already leads to its page, which says so. */
  @Get('posts/:slug/withdraw')
  async askWithdrawal(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#post(slug, request);
    if (post.status === 'withdrawn') return void reply.redirect(postHref(post), 303);
    const frame = this.#frames.of(request, withdrawPath(post));
    await sendPage(h(WithdrawPage, { frame, post }), { request, reply });
  }

  @Post('posts/:slug/withdraw')
  async withdraw(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { id } = await this.#post(slug, request);
    const { thing, position } = await this.#editing.withdraw(id, memberOf(request), askingOf(request));
    reply.redirect(pathAfter(postHref(thing), position), 303);
  }

  @Get('posts/:slug/bring-back')
  async askReturn(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#post(slug, request);
    if (post.status !== 'withdrawn') return void reply.redirect(postHref(post), 303);
    const frame = this.#frames.of(request, bringBackPath(post));
    const isLater = Date.parse(post.publishedAt) > Date.now();
    await sendPage(h(BringBackPage, { frame, post, isLater }), { request, reply });
  }

  @Post('posts/:slug/bring-back')
  async bringBack(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { id } = await this.#post(slug, request);
    const { thing, position } = await this.#editing.bringBack(id, memberOf(request), askingOf(request));
    reply.redirect(pathAfter(`${postHref(thing)}?done=broughtBack`, position), 303);
  }

  #post(slug: string, request: FastifyRequest): Promise<WrittenPost> {
    return this.#queries.execute(new GetPost(slug, viewerOf(request.principal), new Date().toISOString()));
  }
}
