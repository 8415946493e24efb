import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ModerationCase, QueueAnswer } from '../../../../../libs/client/index.ts';
import { formatPosition, requireId } from '../../../../../libs/kernel/index.ts';
import { memberOf } from '../../../../access/request.ts';
import { Claims } from '../../../../acts/claims.ts';
import { GuestAddresses } from '../../../../acts/guest-addresses.ts';
import { lookAtCase, lookAtQueue } from '../../../../acts/looks/look-at.ts';
import { Looks } from '../../../../acts/looks/looks.ts';
import { GetCase, GetQueue } from '../../../../views/moderation-queue/queue.query-types.ts';
import { QueryInput } from '../../../input/input.ts';
import { pageOf } from '../../dto/lists.ts';
import { QueueQuery } from '../../dto/moderation.ts';
import { keepPrivate } from '../answers.ts';

const USUAL_ITEMS = 20;

/** The comments that wait for a moderator. */
@Controller('api/v1/moderation')
export class QueueController {
  readonly #queries: QueryBus;
  readonly #claims: Claims;
  readonly #addresses: GuestAddresses;
  readonly #looks: Looks;

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Claims) claims: Claims,
    @Inject(GuestAddresses) addresses: GuestAddresses,
    @Inject(Looks) looks: Looks,
  ) {
    this.#queries = queries;
    this.#claims = claims;
    this.#addresses = addresses;
    this.#looks = looks;
  }

  @Get('queue')
  async queue(
    @QueryInput(QueueQuery) query: QueueQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueAnswer> {
    keepPrivate(reply);
    const list = query.list ?? 'reported';
    const page = await this.#queries.execute(new GetQueue(list, pageOf(query, USUAL_ITEMS), query.site ?? null));
    await this.#looks.looked(memberOf(request), lookAtQueue(list, page.items));
    const items = page.items.map((item) => ({ ...item, claim: this.#claims.of(item.comment.id) }));
    return { ...page, items, position: formatPosition(page.position) };
  }

  @Get('cases/:id')
  async case(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ModerationCase> {
    keepPrivate(reply);
    const commentId = requireId(id, 'comment_not_found');
    const found = await this.#queries.execute(new GetCase(commentId));
    await this.#looks.looked(memberOf(request), lookAtCase(found));
    const seen = await this.#addresses.added(found, memberOf(request));
    return { ...seen, claim: this.#claims.of(commentId) };
  }
}
