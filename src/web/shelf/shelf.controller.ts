import { Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Bookmark } from '../../../libs/client/index.ts';
import { DomainError, isUuid, Slices } from '../../../libs/kernel/index.ts';
import { headOf } from '../../../libs/markdown/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Bookmarking, type ToBookmark } from '../../acts/bookmarking.ts';
import { Drafting } from '../../acts/drafting.ts';
import { PostDrafting } from '../../acts/post-drafting.ts';
import { Translating } from '../../acts/translating.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { mayEditPosts } from '../shell/frame.ts';
import { frameIn } from '../shell/frame-address.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { BookmarksPage } from './bookmarks-page.tsx';
import { DraftsPage } from './drafts-page.tsx';

const A_PAGE = 20;
/** UTF-16 units of a comment's beginning. */
const MOST_EXCERPT = 240;

/** What a member keeps for itself, as pages. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class ShelfPagesController {
  readonly #frames: Frames;
  readonly #drafts: Drafting;
  readonly #posts: PostDrafting;
  readonly #bookmarks: Bookmarking;
  readonly #translating: Translating;
  readonly #queries: QueryBus;
  readonly #slices = new Slices();

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Drafting) drafts: Drafting,
    @Inject(PostDrafting) posts: PostDrafting,
    @Inject(Bookmarking) bookmarks: Bookmarking,
    @Inject(Translating) translating: Translating,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#frames = frames;
    this.#drafts = drafts;
    this.#posts = posts;
    this.#bookmarks = bookmarks;
    this.#translating = translating;
    this.#queries = queries;
  }

  @Get('drafts')
  async drafts(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const drafts = await this.#drafts.list(memberOf(request));
    const frame = this.#frames.of(request, '/drafts');
    const page = { limit: A_PAGE, cursor: textIn(query, 'cursor') || null };
    const posts = mayEditPosts(frame.member) ? await this.#posts.list(page) : null;
    const mayTranslate = this.#translating.mayTranslate(request.principal);
    await sendPage(h(DraftsPage, { frame, drafts, mayTranslate, posts }), { request, reply });
  }

  @Post('drafts/drop')
  async drop(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [postId, parentId, commentId] = ['postId', 'parentId', 'commentId'].map((name) => idIn(request.body, name));
    if (postId == null) throw new DomainError('post_not_found', 'There is no such post.');
    const spot = { postId, parentId: parentId ?? null, commentId: commentId ?? null };
    const position = await this.#drafts.drop(spot, memberOf(request), askingOf(request));
    reply.redirect(position === 0n ? '/drafts' : pathAfter('/drafts', position), 303);
  }

  @Get('bookmarks')
  async bookmarks(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const page = { limit: A_PAGE, cursor: textIn(query, 'cursor') || null };
    const list = await this.#bookmarks.list(memberOf(request), page);
    const frame = this.#frames.of(request, '/bookmarks');
    const excerpts = await this.#excerptsOf(list.items);
    await sendPage(h(BookmarksPage, { frame, list, excerpts }), { request, reply });
  }

  /** Leads back to what was marked, in its frame too, or to the list. */
  @Post('bookmarks')
  async mark(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const wish = wishIn(request.body);
    const [by, asking] = [memberOf(request), askingOf(request)];
    const position = wish.removes
      ? await this.#bookmarks.remove(wish.what, by, asking)
      : (await this.#bookmarks.add(wish.what, by, asking)).position;
    const place = await this.#placeOf(wish.what, request);
    reply.redirect(position === 0n ? place : pathAfter(place, position), 303);
  }

  async #placeOf(what: ToBookmark, request: FastifyRequest): Promise<string> {
    if (textIn(request.body, 'list') !== '') return '/bookmarks';
    const frame = frameIn(request.body);
    if (frame !== undefined) return 'commentId' in what ? `${frame}#comment-${what.commentId}` : frame;
    if ('commentId' in what) return `/comments/${what.commentId}`;
    const post = new GetPost(what.postId, viewerOf(request.principal), new Date().toISOString());
    return `${postHref(await this.#queries.execute(post))}#discussion`;
  }

  async #excerptsOf(bookmarks: readonly Bookmark[]): Promise<ReadonlyMap<string, string>> {
    const excerpts = new Map<string, string>();
    for (const { comment } of bookmarks) {
      const body = comment?.body;
      if (comment && body) excerpts.set(comment.id, await this.#slices.run(() => headOf(body, MOST_EXCERPT)));
    }
    return excerpts;
  }
}

/** One button names what it does, and to what. Throws DomainError comment_not_found, post_not_found. */
function wishIn(form: unknown): { readonly what: ToBookmark; readonly removes: boolean } {
  for (const [name, removes] of [
    ['add', false],
    ['remove', true],
  ] as const) {
    const [commentId, postId] = [idIn(form, name), idIn(form, `${name}Post`)];
    if (commentId !== null) return { what: { commentId }, removes };
    if (postId !== null) return { what: { postId }, removes };
  }
  throw new DomainError('comment_not_found', 'There is no such comment.');
}

function idIn(form: unknown, name: string): string | null {
  const text = textIn(form, name);
  return isUuid(text) ? text : null;
}
