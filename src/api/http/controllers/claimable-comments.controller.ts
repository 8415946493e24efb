import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClaimableList, ClaimedCount } from '../../../../libs/client/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { ClaimingComments } from '../../../acts/claiming-comments.ts';
import { keepPrivate, tellWritten } from './answers.ts';

/** The comments from before the account, which a member can take as theirs. */
@Controller('api/v1/members/me/claimable-comments')
export class ClaimableCommentsController {
  readonly #claiming: ClaimingComments;

  constructor(@Inject(ClaimingComments) claiming: ClaimingComments) {
    this.#claiming = claiming;
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<ClaimableList> {
    keepPrivate(reply);
    return { items: await this.#claiming.claimable(memberOf(request)) };
  }

  @Post()
  @HttpCode(200)
  async claim(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<ClaimedCount> {
    const { claimed, position } = await this.#claiming.claim(memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return { claimed };
  }
}
