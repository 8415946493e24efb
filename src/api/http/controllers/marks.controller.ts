import { Controller, Delete, Inject, Param, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Comment, Discussion } from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { type MarkedComment, Marking } from '../../../acts/marking.ts';
import { tellWritten } from './answers.ts';

/** What makes comments stand out: the accepted answer, and what editors feature. */
@Controller('api/v1')
export class MarksController {
  readonly #marking: Marking;

  constructor(@Inject(Marking) marking: Marking) {
    this.#marking = marking;
  }

  @Put('posts/:id/asking')
  ask(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Discussion> {
    return this.#setAsking(id, true, { request, reply });
  }

  @Delete('posts/:id/asking')
  askNoMore(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Discussion> {
    return this.#setAsking(id, false, { request, reply });
  }

  @Put('comments/:id/accepted')
  async accept(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    return answered(reply, await this.#marking.accept(commentIn(id), memberOf(request), askingOf(request)));
  }

  @Delete('comments/:id/accepted')
  async takeBack(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    return answered(reply, await this.#marking.takeBackAcceptance(commentIn(id), memberOf(request), askingOf(request)));
  }

  @Put('comments/:id/featured')
  async feature(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    return answered(reply, await this.#marking.feature(commentIn(id), memberOf(request), askingOf(request)));
  }

  @Delete('comments/:id/featured')
  async unfeature(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    return answered(reply, await this.#marking.unfeature(commentIn(id), memberOf(request), askingOf(request)));
  }

  async #setAsking(id: string, asks: boolean, { request, reply }: Asked): Promise<Discussion> {
    const postId = requireId(id, 'post_not_found');
    const { discussion, position } = await this.#marking.setAsking(postId, asks, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return discussion;
  }
}

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function commentIn(id: string): string {
  return requireId(id, 'comment_not_found');
}

function answered(reply: FastifyReply, { comment, position }: MarkedComment): Comment {
  tellWritten(reply, position);
  return comment;
}
