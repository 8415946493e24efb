import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ThreadActivity, ThreadDifference } from '../../../../libs/client/index.ts';
import { DomainError, formatPosition, requireId } from '../../../../libs/kernel/index.ts';
import { viewerOf } from '../../../access/principal.ts';
import { lookAtPast } from '../../../acts/looks/look-at.ts';
import { Looks } from '../../../acts/looks/looks.ts';
import { GetThreadActivity, GetThreadDifference } from '../../../views/thread/past/past.query-types.ts';
import { QueryInput } from '../../input/input.ts';
import { ChangesQuery } from '../dto/comments.ts';
import { pageOf } from '../dto/lists.ts';
import { givenMoment } from '../dto/moments.ts';
import { keepPrivate } from './answers.ts';

const USUAL_CHANGES = 20;

/** A thread over time: when things happened in it, and how two moments differ. */
@Controller('api/v1/posts/:id')
export class ThreadHistoryController {
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(@Inject(QueryBus) queries: QueryBus, @Inject(Looks) looks: Looks) {
    this.#queries = queries;
    this.#looks = looks;
  }

  @Get('activity')
  activity(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ThreadActivity> {
    if (request.principal !== null) keepPrivate(reply);
    const postId = requireId(id, 'post_not_found');
    return this.#queries.execute(new GetThreadActivity(postId, viewerOf(request.principal)));
  }

  @Get('changes')
  async changes(
    @Param('id') id: string,
    @QueryInput(ChangesQuery) query: ChangesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ThreadDifference> {
    const { principal } = request;
    if (principal !== null) keepPrivate(reply);
    const between = betweenOf(query);
    const postId = requireId(id, 'post_not_found');
    const read = new GetThreadDifference(postId, between, pageOf(query, USUAL_CHANGES), viewerOf(principal));
    const { difference, unseen } = await this.#queries.execute(read);
    if (principal !== null) await this.#looks.looked(principal, lookAtPast(between.until ?? between.after, unseen));
    reply.header('colloquy-position', formatPosition(BigInt(difference.position)));
    return difference;
  }
}

/** Throws DomainError `invalid`. */
function betweenOf({ after, since, at, position }: ChangesQuery): GetThreadDifference['between'] {
  const from = givenMoment({ position: { field: 'after', value: after }, time: { field: 'since', value: since } });
  const until = givenMoment({ position: { field: 'position', value: position }, time: { field: 'at', value: at } });
  if (from !== null) return { after: from, until };
  const message = 'is missing: name where the changes begin by it, or by since';
  throw new DomainError('invalid', `after ${message}.`, [{ field: 'after', message }]);
}
