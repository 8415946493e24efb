import {
  Body,
  Controller,
  Get,
  Inject,
  Param,
  Post as PostRoute,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NewComment, Post } from '../../../libs/client/index.ts';
import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { type CommentSort, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Commenting, type WrittenComment } from '../../acts/commenting.ts';
import { GuestCommenting } from '../../acts/guest-commenting.ts';
import { LocateComment } from '../../views/thread/thread.query-types.ts';
import { checked, email, formText, text } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { reasonOf } from '../shell/refusal-messages.ts';
import { type Refused, threadHref } from './parts/context.ts';
import { refusedMoment } from './past/moments.ts';
import { A_PAGE, ThreadScreens } from './thread-pages.ts';
import { sortIn, wishIn, wishWithoutMoment } from './thread-wish.ts';

const GUEST_FIELDS = { body: text(TEXT_LIMITS.comment), name: text(TEXT_LIMITS.displayName), email };

/** A post with its discussion, and the form that adds to it. */
@Controller('posts/:slug')
@UseInterceptors(ReadsOwnWrites)
export class ThreadPagesController {
  readonly #pages: ThreadScreens;
  readonly #frames: Frames;
  readonly #commenting: Commenting;
  readonly #guests: GuestCommenting;
  readonly #queries: QueryBus;

  constructor(
    @Inject(ThreadScreens) pages: ThreadScreens,
    @Inject(Frames) frames: Frames,
    @Inject(Commenting) commenting: Commenting,
    @Inject(GuestCommenting) guests: GuestCommenting,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#pages = pages;
    this.#frames = frames;
    this.#commenting = commenting;
    this.#guests = guests;
    this.#queries = queries;
  }

  /** A moment that does not exist is told at its field, below the post and beside the present discussion. */
  @Get()
  async show(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.#pages.send(slug, wishIn(query), { request, reply });
    } catch (error) {
      const noMoment = refusedMoment(error, query);
      if (noMoment === undefined) throw error;
      await this.#pages.send(slug, wishWithoutMoment(query, noMoment), { request, reply });
    }
  }

  @PostRoute('comments')
  async comment(
    @Param('slug') slug: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#pages.post(slug, request);
    const [id, parent, body] = [textIn(form, 'id'), textIn(form, 'parentId'), formText(form, 'body')];
    const parentId = isUuid(parent) ? parent : null;
    const wish = { ...(isUuid(id) ? { id } : {}), parentId, body };
    if (request.principal === null) return this.#asGuest(post, { form, wish }, { request, reply });
    try {
      const written = await this.#commenting.post(post.id, wish, memberOf(request), askingOf(request));
      await this.#leadTo(written, { slug: post.slug, sort: sortIn(form) }, { request, reply });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.#again(post.slug, { form, parentId, body, error }, { request, reply });
    }
  }

  /** What a guest typed is checked here, so that the message is at its field; it stays in the form. */
  async #asGuest(
    { id: postId, slug }: Post,
    { form, wish }: { readonly form: unknown; readonly wish: NewComment & { readonly parentId: string | null } },
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const [name, email] = [textIn(form, 'name'), textIn(form, 'email')];
    const { translator } = this.#frames.of(request);
    const { parentId, body } = wish;
    const errors = checked(form, GUEST_FIELDS, translator);
    const field = (['body', 'name', 'email'] as const).find((one) => errors[one] !== undefined);
    const again = { form, parentId, body };
    if (field !== undefined) {
      const error = new DomainError('invalid', `${field} is wrong.`);
      return this.#again(
        slug,
        { ...again, error, guest: { name, email, field }, reason: errors[field] },
        { request, reply },
      );
    }
    try {
      const guest = { name, email, locale: translator.locale };
      const { position } = await this.#guests.send(postId, { ...wish, guest }, askingOf(request));
      const path = `/posts/${encodeURIComponent(slug)}?sent=guest#comment-form`;
      reply.redirect(pathAfter(path, position), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const isName = error.errors.some((one) => one.field === 'guest.name');
      const reason = isName ? translator.t('form.guest.nameTaken') : undefined;
      const guest = { name, email, field: isName ? 'name' : 'body' } as const;
      await this.#again(slug, { ...again, error, guest, reason }, { request, reply });
    }
  }

  /** Leads to the page of the thread where the comment stands now. */
  async #leadTo(
    { comment, position }: WrittenComment,
    { slug, sort }: { readonly slug: string; readonly sort: CommentSort },
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const where = new LocateComment(comment.id, { sort, ...A_PAGE }, viewerOf(request.principal));
    const { cursor } = await this.#queries.execute(where).catch(() => ({ cursor: null }));
    const path = threadHref({ post: { slug }, sort, cursor }, { hash: `comment-${comment.id}` });
    reply.redirect(pathAfter(path, position), 303);
  }

  /** Sends the page again, with the text kept and the reason at its field. */
  async #again(
    slug: string,
    given: {
      readonly form: unknown;
      readonly parentId: string | null;
      readonly body: string;
      readonly error: DomainError;
      readonly guest?: Refused['guest'];
      /** In the reader's language; made of the error unless given. */
      readonly reason?: string | undefined;
    },
    exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const { form, parentId, body, error, guest } = given;
    const { translator } = this.#frames.of(exchange.request);
    const plain = body.trim() === '' ? translator.t('field.required') : reasonOf(error, translator);
    const reason = given.reason ?? plain;
    const sort = sortIn(form);
    const viewer = viewerOf(exchange.request.principal);
    const where = parentId === null ? null : new LocateComment(parentId, { sort, ...A_PAGE }, viewer);
    const { cursor } = where ? await this.#queries.execute(where).catch(() => ({ cursor: null })) : { cursor: null };
    if (error.retryAfterSeconds !== undefined) exchange.reply.header('retry-after', error.retryAfterSeconds);
    await this.#pages.send(
      slug,
      {
        sort,
        cursor,
        openForm: parentId === null ? null : { kind: 'answer', commentId: parentId },
        refused: { parentId, text: body, reason, ...(guest && { guest }) },
        past: { shown: null, since: null },
        changes: null,
        status: error.status,
        here: threadHref({ post: { slug }, sort, cursor }),
      },
      exchange,
    );
  }
}
