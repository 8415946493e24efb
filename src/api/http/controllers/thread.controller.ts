import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatPosition } from '../../../../libs/kernel/index.ts';
import { GetEncodedThread } from '../../../views/thread/thread.query-types.ts';
import { askingOf } from '../../access/asking.ts';
import { Commenting } from '../../access/commenting.ts';
import { Looks } from '../../access/looks.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { PostCommentBody, ThreadQuery } from '../dto/comments.ts';
import { pageOf, refuseNotYet } from '../dto/lists.ts';
import { checkInput } from '../input/check-input.ts';
import { idInPath } from '../input/path.ts';
import { CompressedOnce } from '../server/compressed.ts';

const USUAL_COMMENTS = 50;
const JSON_TYPE = 'application/json; charset=utf-8';

type OfPost = FastifyRequest<{ Params: { readonly id: string }; Querystring: Record<string, unknown> }>;

/** The two busiest routes, which answer by themselves: Nest's pipes and serialization would cost more than the work. */
@Controller('api/v1/posts/:id/comments')
export class ThreadController {
  readonly #commenting: Commenting;
  readonly #queries: QueryBus;
  readonly #looks: Looks;
  readonly #compressed = new CompressedOnce();

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
  async list(@Req() request: OfPost, @Res() reply: FastifyReply): Promise<void> {
    const postId = idInPath(request.params.id, 'post_not_found');
    const options = optionsOf(request.query);
    const { json, position, items } = await this.#queries.execute(
      new GetEncodedThread(postId, options, viewerOf(request.principal)),
    );
    if (request.principal !== null) reply.header('cache-control', 'no-store');
    if (items !== undefined) await this.#looks.atComments(request.principal, 'thread', items);
    const { bytes, coding } = await this.#compressed.for(json, request.headers['accept-encoding']);
    if (coding !== null) reply.header('content-encoding', coding);
    reply
      .header('colloquy-position', formatPosition(position))
      .header('content-type', JSON_TYPE)
      .header('vary', 'accept-encoding')
      .send(bytes);
  }

  @Post()
  async post(@Req() request: OfPost, @Res() reply: FastifyReply): Promise<void> {
    const postId = idInPath(request.params.id, 'post_not_found');
    const body = checkInput(PostCommentBody, request.body);
    const written = await this.#commenting.post(postId, body, memberOf(request), askingOf(request));
    reply.header('colloquy-position', written.position).header('cache-control', 'no-store').code(201).send(written);
  }
}

const FIRST_PAGE = { sort: 'oldest', limit: USUAL_COMMENTS, cursor: null } as const;

function optionsOf(raw: Record<string, unknown>): GetEncodedThread['options'] {
  if (Object.keys(raw).length === 0) return FIRST_PAGE;
  refuseNotYet(raw, ['at', 'position']);
  const query = checkInput(ThreadQuery, raw);
  return { sort: query.sort ?? FIRST_PAGE.sort, ...pageOf(query, USUAL_COMMENTS) };
}
