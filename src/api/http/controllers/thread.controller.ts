import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CompressedOnce } from '../../../../libs/compression/index.ts';
import { DomainError, formatPosition, requireId } from '../../../../libs/kernel/index.ts';
import type { CommentFilter } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { type Principal, viewerOf } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { Commenting } from '../../../acts/commenting.ts';
import { GuestCommenting } from '../../../acts/guest-commenting.ts';
import { lookAtPast } from '../../../acts/looks/look-at.ts';
import { Looks } from '../../../acts/looks/looks.ts';
import type { Moment } from '../../../views/thread/past/past.query-types.ts';
import { GetEncodedThreadAt } from '../../../views/thread/past/past.query-types.ts';
import { GetEncodedThread } from '../../../views/thread/thread.query-types.ts';
import { checkInput } from '../../input/check-input.ts';
import { PostCommentBody, ThreadQuery } from '../dto/comments.ts';
import { pageOf } from '../dto/lists.ts';
import { givenMoment } from '../dto/moments.ts';
import { WHOEVER_ASKS } from '../server/security-headers.ts';

const USUAL_COMMENTS = 50;
const JSON_TYPE = 'application/json; charset=utf-8';

type OfPost = FastifyRequest<{ Params: { readonly id: string }; Querystring: Record<string, unknown> }>;

interface Asked {
  readonly postId: string;
  readonly options: GetEncodedThread['options'];
  readonly principal: Principal | null;
}
interface Encoded {
  readonly json: Buffer;
  readonly position: bigint;
}

/**
 * The two busiest routes send their answers themselves, since Nest's pipes and serialization would cost more than the
 * work.
 */
@Controller('api/v1/posts/:id/comments')
export class ThreadController {
  readonly #commenting: Commenting;
  readonly #queries: QueryBus;
  readonly #looks: Looks;
  readonly #guests: GuestCommenting;
  readonly #compressed = new CompressedOnce();

  constructor(
    @Inject(Commenting) commenting: Commenting,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
    @Inject(GuestCommenting) guests: GuestCommenting,
  ) {
    this.#commenting = commenting;
    this.#queries = queries;
    this.#looks = looks;
    this.#guests = guests;
  }

  @Get()
  async list(@Req() request: OfPost, @Res() reply: FastifyReply): Promise<void> {
    const postId = requireId(request.params.id, 'post_not_found');
    const { moment, ...options } = wishOf(request.query);
    const asked = { postId, options, principal: request.principal };
    const { json, position } = moment ? await this.#past(asked, moment) : await this.#present(asked);
    const { bytes, coding } = await this.#compressed.for(json, request.headers['accept-encoding']);
    if (coding !== null) reply.header('content-encoding', coding);
    reply
      .header('colloquy-position', formatPosition(position))
      .header('content-type', JSON_TYPE)
      .header('vary', `Accept-Encoding, ${WHOEVER_ASKS}`)
      .send(bytes);
  }

  async #present({ postId, options, principal }: Asked): Promise<Encoded> {
    const page = await this.#queries.execute(new GetEncodedThread(postId, options, viewerOf(principal)));
    if (page.items !== undefined) await this.#looks.atComments(principal, 'thread', page.items);
    return page;
  }

  async #past({ postId, options, principal }: Asked, moment: Moment): Promise<Encoded> {
    const read = new GetEncodedThreadAt(postId, { ...options, moment }, viewerOf(principal));
    const page = await this.#queries.execute(read);
    if (principal !== null) await this.#looks.looked(principal, lookAtPast(moment, page.unseen));
    return page;
  }

  @Post()
  async post(@Req() request: OfPost, @Res() reply: FastifyReply): Promise<void> {
    const postId = requireId(request.params.id, 'post_not_found');
    const body = checkInput(PostCommentBody, request.body);
    if (request.principal === null) return this.#postAsGuest(postId, body, { request, reply });
    const written = await this.#commenting.post(postId, body, memberOf(request), askingOf(request));
    reply.header('colloquy-position', written.position).code(201).send(written);
  }

  /** Accepted, but not yet a comment: the holder of the address has to confirm it. */
  async #postAsGuest(
    postId: string,
    { guest, ...wish }: PostCommentBody,
    { request, reply }: { readonly request: OfPost; readonly reply: FastifyReply },
  ): Promise<void> {
    if (guest === undefined) throw nobodyNamed();
    const sent = await this.#guests.send(postId, { ...wish, guest }, askingOf(request));
    reply.header('colloquy-position', sent.position).code(202).send(sent);
  }
}

function nobodyNamed(): DomainError {
  const message = 'must be given by those who are not signed in: name and email';
  return new DomainError('invalid', `guest ${message}.`, [{ field: 'guest', message }]);
}

function notOfThen(): DomainError {
  const message = 'cannot be asked of a moment: leave out at and position';
  return new DomainError('invalid', `only ${message}.`, [{ field: 'only', message }]);
}

const FIRST_PAGE = { sort: 'oldest', limit: USUAL_COMMENTS, cursor: null } as const;

interface Wish {
  readonly sort: GetEncodedThread['options']['sort'];
  readonly limit: number;
  readonly cursor: string | null;
  readonly only?: CommentFilter;
  readonly moment: Moment | null;
}
const PRESENT: Wish = { ...FIRST_PAGE, moment: null };

function wishOf(raw: Record<string, unknown>): Wish {
  if (Object.keys(raw).length === 0) return PRESENT;
  const query = checkInput(ThreadQuery, raw);
  const moment = givenMoment({
    position: { field: 'position', value: query.position },
    time: { field: 'at', value: query.at },
  });
  const { only, sort = FIRST_PAGE.sort } = query;
  if (only !== undefined && moment !== null) throw notOfThen();
  return { sort, ...pageOf(query, USUAL_COMMENTS), ...(only !== undefined && { only }), moment };
}
