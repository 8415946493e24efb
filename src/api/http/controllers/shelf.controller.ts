import { Controller, Delete, Get, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Bookmark, Draft, Page } from '../../../../libs/client/index.ts';
import { BEFORE_FIRST, parsePosition, requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { Bookmarking, type ToBookmark } from '../../../acts/bookmarking.ts';
import { Drafting } from '../../../acts/drafting.ts';
import { Visiting } from '../../../acts/visiting.ts';
import { Input, QueryInput } from '../../input/input.ts';
import { ListQuery, pageOf } from '../dto/lists.ts';
import { DraftBody, DraftListQuery, DraftSpotQuery, ReadToBody } from '../dto/shelf.ts';
import { keepPrivate, tellWritten } from './answers.ts';

const USUAL_PAGE = 20;

/** What a member keeps for all its devices: unsent texts, bookmarks, and where it stopped reading. */
@Controller('api/v1')
export class ShelfController {
  readonly #drafts: Drafting;
  readonly #bookmarks: Bookmarking;
  readonly #visiting: Visiting;

  constructor(
    @Inject(Drafting) drafts: Drafting,
    @Inject(Bookmarking) bookmarks: Bookmarking,
    @Inject(Visiting) visiting: Visiting,
  ) {
    this.#drafts = drafts;
    this.#bookmarks = bookmarks;
    this.#visiting = visiting;
  }

  /** All of them: there are few by their limit. */
  @Get('members/me/drafts')
  async drafts(
    @QueryInput(DraftListQuery) { postId }: DraftListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<Draft>> {
    keepPrivate(reply);
    return { items: await this.#drafts.list(memberOf(request), postId), next: null };
  }

  @Put('members/me/drafts')
  async keepDraft(
    @Input(DraftBody) body: DraftBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Draft> {
    const { draft, position } = await this.#drafts.keep(body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return draft;
  }

  @Delete('members/me/drafts')
  @HttpCode(204)
  async dropDraft(
    @QueryInput(DraftSpotQuery) spot: DraftSpotQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    tellWritten(reply, await this.#drafts.drop(spot, memberOf(request), askingOf(request)));
  }

  @Get('bookmarks')
  bookmarks(
    @QueryInput(ListQuery) query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<Bookmark>> {
    keepPrivate(reply);
    return this.#bookmarks.list(memberOf(request), pageOf(query, USUAL_PAGE));
  }

  @Put('comments/:id/bookmark')
  bookmarkComment(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Bookmark> {
    return this.#add({ commentId: requireId(id, 'comment_not_found') }, { request, reply });
  }

  @Delete('comments/:id/bookmark')
  @HttpCode(204)
  unmarkComment(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    return this.#remove({ commentId: requireId(id, 'comment_not_found') }, { request, reply });
  }

  @Put('posts/:id/bookmark')
  bookmarkPost(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Bookmark> {
    return this.#add({ postId: requireId(id, 'post_not_found') }, { request, reply });
  }

  @Delete('posts/:id/bookmark')
  @HttpCode(204)
  unmarkPost(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    return this.#remove({ postId: requireId(id, 'post_not_found') }, { request, reply });
  }

  @Put('posts/:id/visit')
  @HttpCode(204)
  async readOn(
    @Param('id') id: string,
    @Input(ReadToBody) { position, begins = false }: ReadToBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const read = { postId: requireId(id, 'post_not_found'), upTo: parsePosition(position) ?? BEFORE_FIRST };
    const by = memberOf(request);
    const kept = begins ? await this.#visiting.begin(read, by) : await this.#visiting.readOn(read, by);
    if (kept !== null) tellWritten(reply, kept);
  }

  async #add(what: ToBookmark, { request, reply }: Asked): Promise<Bookmark> {
    const { bookmark, position } = await this.#bookmarks.add(what, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return bookmark;
  }

  async #remove(what: ToBookmark, { request, reply }: Asked): Promise<void> {
    tellWritten(reply, await this.#bookmarks.remove(what, memberOf(request), askingOf(request)));
  }
}

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
