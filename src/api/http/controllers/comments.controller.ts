import { Controller, Delete, Get, Inject, Param, Patch, Put, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Comment, CommentDiff, Revision } from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { MOST_PER_PAGE } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { viewerOf } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { Commenting, type WrittenComment } from '../../../acts/commenting.ts';
import { Looks } from '../../../acts/looks/looks.ts';
import { GetComment, GetCommentDiff, GetCommentHistory } from '../../../views/thread/thread.query-types.ts';
import { Input, QueryInput } from '../../input/input.ts';
import { reactionInPath } from '../../input/path.ts';
import { CommentLanguageBody, DiffQuery, EditCommentBody, HistoryQuery } from '../dto/comments.ts';
import { keepPrivate, tellWritten } from './answers.ts';

@Controller('api/v1/comments/:id')
export class CommentsController {
  readonly #commenting: Commenting;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(
    @Inject(Commenting) commenting: Commenting,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
  ) {
    this.#commenting = commenting;
    this.#queries = queries;
    this.#looks = looks;
  }

  @Get()
  async get(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    const { principal } = request;
    if (principal !== null) keepPrivate(reply);
    const comment = await this.#queries.execute(new GetComment(commentIn(id), viewerOf(principal)));
    await this.#looks.atComments(principal, 'comment', [comment]);
    return comment;
  }

  @Get('history')
  async history(
    @Param('id') id: string,
    @QueryInput(HistoryQuery) { after, limit = String(MOST_PER_PAGE) }: HistoryQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly Revision[]> {
    const { principal } = request;
    if (principal !== null) keepPrivate(reply);
    const page = { after: after === undefined ? -1 : Number(after), limit: Number(limit) };
    const read = new GetCommentHistory(commentIn(id), viewerOf(principal), page);
    const { revisions, next, unseen } = await this.#queries.execute(read);
    await this.#looks.atTexts(principal, commentIn(id), unseen);
    if (next !== null)
      reply.header('link', `</api/v1/comments/${id}/history?after=${next}&limit=${limit}>; rel="next"`);
    return revisions;
  }

  @Get('diff')
  async diff(
    @Param('id') id: string,
    @QueryInput(DiffQuery) { from, to }: DiffQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentDiff> {
    if (request.principal !== null) keepPrivate(reply);
    const between = { from: Number(from), to: Number(to) };
    const read = new GetCommentDiff(commentIn(id), between, viewerOf(request.principal));
    const { compared, unseen } = await this.#queries.execute(read);
    await this.#looks.atTexts(request.principal, commentIn(id), unseen);
    return compared;
  }

  @Patch()
  async edit(
    @Param('id') id: string,
    @Input(EditCommentBody) body: EditCommentBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    return answered(reply, await this.#commenting.edit(commentIn(id), body, memberOf(request), askingOf(request)));
  }

  @Put('language')
  async setLanguage(
    @Param('id') id: string,
    @Input(CommentLanguageBody) { language }: CommentLanguageBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    const written = await this.#commenting.setLanguage(commentIn(id), language, memberOf(request), askingOf(request));
    return answered(reply, written);
  }

  @Delete()
  async remove(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    return answered(reply, await this.#commenting.remove(commentIn(id), memberOf(request), askingOf(request)));
  }

  @Put('reactions/:kind')
  async react(
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    const written = await this.#commenting.react(
      commentIn(id),
      reactionInPath(kind),
      memberOf(request),
      askingOf(request),
    );
    return answered(reply, written);
  }

  @Delete('reactions/:kind')
  async unreact(
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    const written = await this.#commenting.unreact(
      commentIn(id),
      reactionInPath(kind),
      memberOf(request),
      askingOf(request),
    );
    return answered(reply, written);
  }
}

function commentIn(id: string): string {
  return requireId(id, 'comment_not_found');
}

function answered(reply: FastifyReply, { comment, position }: WrittenComment): Comment {
  tellWritten(reply, BigInt(position));
  return comment;
}
