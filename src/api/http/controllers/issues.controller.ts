import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IssueProgress } from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { SendingIssues } from '../../../acts/sending-issues.ts';
import { Input } from '../../input/input.ts';
import { IssueBody } from '../dto/newsletter.ts';
import { keepPrivate, tellWritten } from './answers.ts';

/** How programs of editors send issues of the newsletter. */
@Controller('api/v1/posts')
export class IssuesController {
  readonly #sending: SendingIssues;

  constructor(@Inject(SendingIssues) sending: SendingIssues) {
    this.#sending = sending;
  }

  @Get(':id/issue')
  async progress(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssueProgress> {
    keepPrivate(reply);
    const post = await this.#sending.issue(requireId(id, 'post_not_found'), memberOf(request));
    return this.#sending.progress(post.id);
  }

  @Post(':id/issue')
  @HttpCode(200)
  async act(
    @Param('id') id: string,
    @Input(IssueBody) wish: IssueBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssueProgress> {
    const by = memberOf(request);
    const post = await this.#sending.issue(requireId(id, 'post_not_found'), by);
    const { position } = await this.#sending.act(wish.do, post.id, by, askingOf(request));
    tellWritten(reply, position);
    return this.#sending.progress(post.id);
  }
}
