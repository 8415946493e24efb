import { Controller, Get, Inject, Param, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { requireId } from '../../../libs/kernel/index.ts';
import { viewerOf } from '../../access/principal.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { GetCommentDiff, GetCommentHistory } from '../../views/thread/thread.query-types.ts';
import { Frames } from '../shell/frames.ts';
import { revisionIn } from '../shell/paths.ts';
import { ReadsNotices } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { HistoryPage } from './history-page.tsx';

/** The revisions on a page; each may be as long as a comment can be, with a mark at each of its words. */
const REVISIONS_A_PAGE = 20;

/**
 * The history of a comment. No form leads here, so it waits for no position: `after` is the name of its own old cursor.
 */
@Controller('comments/:id')
@UseInterceptors(ReadsNotices)
export class HistoryPageController {
  readonly #frames: Frames;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(@Inject(Frames) frames: Frames, @Inject(QueryBus) queries: QueryBus, @Inject(Looks) looks: Looks) {
    this.#frames = frames;
    this.#queries = queries;
    this.#looks = looks;
  }

  /**
   * Shows the revisions after `beyond`; with `from` and `to`, two revisions, also the difference of these two texts.
   */
  @Get('history')
  async history(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireId(id, 'comment_not_found');
    const viewer = viewerOf(request.principal);
    const after = revisionIn(query, 'beyond') ?? revisionIn(query, 'after') ?? -1;
    const wish = { after, limit: REVISIONS_A_PAGE };
    const history = await this.#queries.execute(new GetCommentHistory(id, viewer, wish));
    const [from, to] = [revisionIn(query, 'from'), revisionIn(query, 'to')];
    const between = from === null || to === null ? null : { from, to };
    const chosen = between && (await this.#queries.execute(new GetCommentDiff(id, between, viewer)));
    await this.#looks.atTexts(request.principal, id, [...history.unseen, ...(chosen?.unseen ?? [])]);
    const compared = chosen?.compared ?? null;
    const page = h(HistoryPage, { frame: this.#frames.of(request), commentId: id, history, ...wish, compared });
    await sendPage(page, { request, reply });
  }
}
