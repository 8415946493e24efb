import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Post as WrittenPost } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Editing } from '../../acts/editing.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { GetPostRevisions } from '../../views/post-list/post-revisions.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { RevisionsPage, revisionsPath } from './revisions-page.tsx';

/** The revisions on a page; each may be as long as a post can be. */
const A_PAGE = 10;

/** What a post was, for editors. */
@Controller('posts/:slug/revisions')
@UseInterceptors(ReadsOwnWrites)
export class RevisionsPagesController {
  readonly #frames: Frames;
  readonly #editing: Editing;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(Editing) editing: Editing, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#editing = editing;
    this.#queries = queries;
  }

  @Get()
  async revisions(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#post(slug, request);
    const page = { before: numberIn(query, 'before'), limit: A_PAGE };
    const revisions = await this.#queries.execute(new GetPostRevisions(post.id, page));
    const frame = this.#frames.of(request, revisionsPath(post));
    await sendPage(h(RevisionsPage, { frame, post, revisions }), { request, reply });
  }

  /** The text of before is published as a change of the newest, which stays among the revisions. */
  @Post()
  async restore(
    @Param('slug') slug: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#post(slug, request);
    const [revision, seen] = [numberIn(form, 'revision'), numberIn(form, 'seen')];
    if (revision === null || seen === null) throw new DomainError('not_found', 'There is no such revision.');
    const { items } = await this.#queries.execute(new GetPostRevisions(post.id, { before: revision + 1, limit: 1 }));
    const [wanted] = items;
    if (wanted?.revision !== revision) throw new DomainError('not_found', 'There is no such revision.');
    const { title, body, excerpt, tags, locale } = wanted;
    const change = { title, body, excerpt, tags, locale, revision: seen };
    const { thing, position } = await this.#editing.edit(post.id, change, memberOf(request), askingOf(request));
    reply.redirect(pathAfter(postHref(thing), position), 303);
  }

  async #post(slug: string, request: FastifyRequest): Promise<WrittenPost> {
    const viewer = viewerOf(request.principal);
    const post = await this.#queries.execute(new GetPost(slug, viewer, new Date().toISOString()));
    if (post.kind === 'page') throw new DomainError('post_not_found', 'There is no such post.');
    return post;
  }
}

function numberIn(fields: unknown, name: string): number | null {
  const text = textIn(fields, name);
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
