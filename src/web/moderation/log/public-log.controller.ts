import { Controller, Get, Inject, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { GetPublicLog } from '../../../views/moderation-log/log.query-types.ts';
import { Frames } from '../../shell/frames.ts';
import { textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { sendPage } from '../../shell/send-page.ts';
import { PublicLogPage } from './public-log-page.tsx';

const ENTRIES_A_PAGE = 100;

/** The moderation log for readers, where the forum shows it (PUBLIC_MODERATION_LOG). */
@Controller('moderation-log')
@UseInterceptors(ReadsOwnWrites)
export class PublicLogController {
  readonly #frames: Frames;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#queries = queries;
  }

  @Get()
  async log(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = this.#frames.of(request);
    if (!frame.publicLog) throw new DomainError('not_found', 'This forum does not show its moderation log to readers.');
    const wish = { limit: ENTRIES_A_PAGE, cursor: textIn(query, 'cursor') || null };
    const page = await this.#queries.execute(new GetPublicLog(wish));
    await sendPage(h(PublicLogPage, { frame, page }), { request, reply });
  }
}
