import { Controller, Get, Inject, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { FoundText, Page } from '../../../libs/client/index.ts';
import { DomainError, type Position } from '../../../libs/kernel/index.ts';
import { viewerOf } from '../../access/principal.ts';
import { GetIgnored } from '../../views/notifications/notifications.query-types.ts';
import {
  FindUnknownNames,
  SearchBeingBuilt,
  SearchTexts,
  type TextsWish,
  type UnknownNames,
} from '../../views/search/search.query-types.ts';
import { Frames } from '../shell/frames.ts';
import { positionIn, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { translatedTitles } from '../shell/translated-titles.ts';
import { filledPage } from './filled-page.ts';
import { SearchPage } from './search-page.tsx';
import { resultsBefore, typedSearch, wishOf } from './search-wish.ts';

const A_PAGE = 20;
const NONE: UnknownNames = { authors: [], tag: null };

/** Everything that readers may find, by its words. */
@Controller('search')
@UseInterceptors(ReadsOwnWrites)
export class SearchPageController {
  readonly #frames: Frames;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#queries = queries;
  }

  @Get()
  async search(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const typed = typedSearch(query);
    const cursor = textIn(query, 'cursor') || null;
    // Also where nobody types: what was shown as one typed stays, whoever opens the address.
    const page = { limit: A_PAGE, cursor, isTyping: true };
    const frame = this.#frames.of(request);
    const wish = wishOf(typed, frame.translator.timeZone, page);
    const answer = typed.q === '' ? null : await this.#find(wish, positionIn(query) ?? null);
    const viewer = viewerOf(request.principal);
    const ignored = new Set(viewer === null ? [] : await this.#queries.execute(new GetIgnored(viewer.memberId)));
    reply.header('x-robots-tag', 'noindex');
    const [cannot, built] = [answer === 'cannot', answer instanceof SearchBeingBuilt ? answer : null];
    if (built !== null) reply.header('retry-after', built.retryAfterSeconds);
    const found = answer === 'cannot' || answer instanceof SearchBeingBuilt ? null : answer;
    const isFirst = cursor === null;
    const unknown = found !== null && isFirst ? await this.#unknown(wish, found) : NONE;
    const posts = found?.items.map(({ post }) => post) ?? [];
    const titles = await translatedTitles(posts, frame, this.#queries);
    const before = isFirst ? 0 : resultsBefore(query);
    const state = { cannot, built: built?.percent ?? null, ignored, isFirst, before, unknown };
    const props = { frame, typed, found, titles, ...state };
    await sendPage(h(SearchPage, props), { request, reply, status: cannot ? 400 : built !== null ? 503 : 200 });
  }

  /** None where the search is too busy to tell: what was found is shown. */
  async #unknown(wish: TextsWish, { items, next }: Page<FoundText>): Promise<UnknownNames> {
    if (items.length > 0 || next !== null) return NONE;
    try {
      return await this.#queries.execute(new FindUnknownNames(wish, new Date().toISOString()));
    } catch (error) {
      if (error instanceof DomainError) return NONE;
      throw error;
    }
  }

  /** Where the words ask for what cannot be found, or the index is still built, the page says it in the reader's language. */
  async #find(wish: TextsWish, after: Position | null): Promise<Page<FoundText> | SearchBeingBuilt | 'cannot'> {
    try {
      return await filledPage(wish, (rest) =>
        this.#queries.execute(new SearchTexts(rest, new Date().toISOString(), after)),
      );
    } catch (error) {
      if (error instanceof SearchBeingBuilt) return error;
      if (error instanceof DomainError && error.errors.some(({ field }) => field === 'q')) return 'cannot';
      throw error;
    }
  }
}
