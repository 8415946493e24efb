import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { QueueItem } from '../../../../../libs/client/index.ts';
import { formatPosition } from '../../../../../libs/kernel/index.ts';
import {
  type Case,
  GetCase,
  GetQueue,
  type QueueCounts,
} from '../../../../views/moderation-queue/queue.query-types.ts';
import { pageOf } from '../../dto/lists.ts';
import { QueueQuery } from '../../dto/moderation.ts';
import { QueryInput } from '../../input/input.ts';
import { idInPath } from '../../input/path.ts';
import { keepPrivate } from '../answers.ts';

const USUAL_ITEMS = 20;

interface QueueAnswer {
  readonly items: readonly QueueItem[];
  readonly next: string | null;
  readonly counts: QueueCounts;
  readonly position: string;
}

/** What waits for a moderator. */
@Controller('api/v1/moderation')
export class QueueController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  @Get('queue')
  async queue(
    @QueryInput(QueueQuery) query: QueueQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueAnswer> {
    keepPrivate(reply);
    const page = await this.#queries.execute(new GetQueue(query.list ?? 'reported', pageOf(query, USUAL_ITEMS)));
    return { ...page, position: formatPosition(page.position) };
  }

  @Get('cases/:id')
  case(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Case> {
    keepPrivate(reply);
    return this.#queries.execute(new GetCase(idInPath(id, 'comment_not_found')));
  }
}
