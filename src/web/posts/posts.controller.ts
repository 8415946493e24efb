import { Controller, Get, Inject, Param, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, oldAddressKey } from '../../../libs/kernel/index.ts';
import { POSTS_A_PAGE } from '../../../libs/words/index.ts';
import { viewerOf } from '../../access/principal.ts';
import { Visiting } from '../../acts/visiting.ts';
import {
  GetArchive,
  GetNextOut,
  ListPosts,
  ListSites,
  type PostFilter,
} from '../../views/post-list/post-list.query-types.ts';
import { authorsShown, LIST_OF_POSTS, postShown } from '../../views/shown.ts';
import { tagHref } from '../shell/addresses.ts';
import type { Frame } from '../shell/frame.ts';
import { Frames } from '../shell/frames.ts';
import { KeptPages, type MadePage, sharedKey } from '../shell/kept-pages.ts';
import { textIn } from '../shell/paths.ts';
import type { PostsOf } from '../shell/posts-of.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { translatedTitles } from '../shell/translated-titles.ts';
import { ArchivePage } from './archive-page.tsx';
import { nearbyMonths } from './nearby-months.ts';
import type { NewIn } from './post-list.tsx';
import { PostsPage } from './posts-page.tsx';

const NOTHING_NEW: NewIn = new Map();

/**
 * The further queries of an old blog's home page, which nothing here answers: a file, a category, an author, a feed.
 */
const OLD_LISTS = ['attachment_id', 'cat', 'author', 'feed'];
/** The most characters of a search. */
const MOST_WORDS = 200;

function wordsOf(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_WORDS).toWellFormed();
}

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
  readonly #kept: KeptPages;
  readonly #visiting: Visiting;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(KeptPages) kept: KeptPages,
    @Inject(Visiting) visiting: Visiting,
  ) {
    this.#frames = frames;
    this.#queries = queries;
    this.#kept = kept;
    this.#visiting = visiting;
  }

  @Get('/')
  async newest(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // The address of an old blog, such as `/?p=12`, is handled where all unknown addresses are.
    const isOld = oldAddressKey(request.url) !== null || OLD_LISTS.some((name) => textIn(query, name) !== '');
    if (isOld) throw new DomainError('not_found', 'There is no such post.');
    // An old blog calls the words `s`.
    const words = wordsOf(textIn(query, 'q') || textIn(query, 's'));
    if (words !== '') {
      await reply.redirect(`/search?${new URLSearchParams({ q: words })}`, 301);
      return;
    }
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
    const frame = this.#frames.of(request);
    const make = async (now: string): Promise<MadePage> => {
      const months = await this.#queries.execute(new GetArchive(now));
      const hasSites = (await this.#queries.execute(new ListSites(now))).length > 0;
      return { page: h(ArchivePage, { frame, months, hasSites }), shows: [LIST_OF_POSTS] };
    };
    await this.#answer(frame, { path: '/archive', make }, { request, reply });
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
    const frame = this.#frames.of(exchange.request);
    const here = cursor === null ? path : `${path}?${new URLSearchParams({ cursor })}`;
    const make = async (now: string): Promise<MadePage> => {
      const posts = await this.#queries.execute(new ListPosts(filter, { limit: POSTS_A_PAGE, cursor }, viewer, now));
      const shows = [LIST_OF_POSTS, ...posts.items.map(({ id }) => postShown(id)), ...authorsShown(posts.items)];
      const ids = posts.items.map(({ id }) => id);
      const newIn = viewer === null ? NOTHING_NEW : await this.#visiting.newIn(ids, viewer.memberId);
      const out = posts.items.filter(({ status }) => status === 'published');
      const titles = await translatedTitles(out, frame, this.#queries);
      const nearby =
        of.kind === 'month' ? nearbyMonths(await this.#queries.execute(new GetArchive(now)), of.month) : null;
      const page = h(PostsPage, { frame, of, posts, newIn, titles, path, here, isFirst: cursor === null, nearby });
      return { page, shows };
    };
    await this.#answer(frame, { path: here, make }, exchange);
  }

  async #answer(
    frame: Frame,
    { path, make }: { readonly path: string; readonly make: (now: string) => Promise<MadePage> },
    exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const key = sharedKey(frame, path);
    const now = new Date().toISOString();
    if (key === null) await sendPage((await make(now)).page, exchange);
    else await this.#kept.send(key, async () => ({ ...(await make(now)), ...(await this.#until(now)) }), exchange);
  }

  async #until(now: string): Promise<Pick<MadePage, 'until'>> {
    const until = await this.#queries.execute(new GetNextOut(now));
    return until === null ? {} : { until };
  }
}
