import { Controller, Delete, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Claim } from '../../../../../libs/client/index.ts';
import { requireId } from '../../../../../libs/kernel/index.ts';
import { memberOf } from '../../../../access/request.ts';
import { Claims } from '../../../../acts/claims.ts';
import { GetSeen } from '../../../../views/moderation-queue/queue.query-types.ts';
import { NoInput } from '../../../input/input.ts';
import { keepPrivate } from '../answers.ts';

/** The moderators who look at cases now. */
@Controller('api/v1/moderation/claims/:id')
export class ClaimsController {
  readonly #claims: Claims;
  readonly #queries: QueryBus;

  constructor(@Inject(Claims) claims: Claims, @Inject(QueryBus) queries: QueryBus) {
    this.#claims = claims;
    this.#queries = queries;
  }

  @Put()
  async claim(
    @Param('id') id: string,
    @NoInput() _: object,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Claim> {
    keepPrivate(reply);
    const commentId = requireId(id, 'comment_not_found');
    await this.#queries.execute(new GetSeen(commentId));
    const { memberId, handle, displayName } = memberOf(request);
    return this.#claims.claim(commentId, { id: memberId, handle, displayName });
  }

  @Delete()
  @HttpCode(204)
  release(@Param('id') id: string, @Req() request: FastifyRequest): void {
    this.#claims.release(requireId(id, 'comment_not_found'), memberOf(request).memberId);
  }
}
