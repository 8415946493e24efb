import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Comment, Draft } from '../../../libs/client/index.ts';
import { DomainError, requireId } from '../../../libs/kernel/index.ts';
import { isReactionKind } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Commenting, type WrittenComment } from '../../acts/commenting.ts';
import { Drafting } from '../../acts/drafting.ts';
import { GetComment, GetRemovable } from '../../views/thread/thread.query-types.ts';
import { formText } from '../shell/form-checks.ts';
import { frameIn } from '../shell/frame-address.ts';
import { Frames } from '../shell/frames.ts';
import { oneOf } from '../shell/one-of.ts';
import { pathAfter, positionIn, revisionIn, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { EditCommentPage, RemoveCommentPage } from './comment-pages.tsx';
import { MARKINGS, type MarkDone, threadHref } from './parts/context.ts';
import { ThreadScreens } from './thread-pages.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A comment's own addresses: its place, and the forms that change it. */
@Controller('comments/:id')
@UseInterceptors(ReadsOwnWrites)
export class CommentPagesController {
  readonly #frames: Frames;
  readonly #commenting: Commenting;
  readonly #queries: QueryBus;
  readonly #drafts: Drafting;
  readonly #threads: ThreadScreens;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Commenting) commenting: Commenting,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Drafting) drafts: Drafting,
    @Inject(ThreadScreens) threads: ThreadScreens,
  ) {
    this.#frames = frames;
    this.#commenting = commenting;
    this.#queries = queries;
    this.#drafts = drafts;
    this.#threads = threads;
  }

  /** Leads to the page of the thread with the comment; a program that asks for JSON gets only its path. */
  @Get()
  async locate(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const comment = await this.#comment(id, request);
    const did = oneOf(MARKINGS, textIn(query, 'done'));
    const path = await this.#placeOf(comment, request, { ...(did && { did }), frame: frameIn(query) });
    if (request.headers.accept === 'application/json') {
      reply.header('vary', 'Accept').send({ path });
      return;
    }
    const after = positionIn(request.query);
    reply.redirect(after === undefined ? path : pathAfter(path, after), 303);
  }

  @Get('edit')
  async editForm(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const comment = ownOf(await this.#comment(id, request), request);
    const frame = this.#frames.of(request);
    const draft = await this.#draftOf(comment, query, request);
    const text = draft?.body ?? comment.body ?? '';
    const page = h(EditCommentPage, { frame, comment, text, draft: draft?.position ?? '', errors: {}, stale: false });
    await sendPage(page, { request, reply });
  }

  async #draftOf(comment: Comment, query: unknown, request: FastifyRequest): Promise<Draft | null> {
    if (textIn(query, 'draft') === '') return null;
    const drafts = await this.#drafts.list(memberOf(request), comment.postId);
    return drafts.find(({ commentId }) => commentId === comment.id) ?? null;
  }

  @Post('edit')
  async edit(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [body, draft] = [formText(form, 'body'), textIn(form, 'draft')];
    const revision = revisionIn(form) ?? 0;
    if (textIn(form, 'preview') !== '') return this.#givenBack(id, { body, draft, revision }, { request, reply });
    try {
      const written = await this.#commenting.edit(
        requireId(id, 'comment_not_found'),
        { body, revision },
        memberOf(request),
        askingOf(request),
      );
      const { postId, id: commentId } = written.comment;
      const sent = { body: body.trim(), position: draft };
      // The edit is recorded, so no failure of this is told.
      const dropping = this.#drafts.dropSent({ postId, commentId }, sent, memberOf(request), askingOf(request));
      await dropping.catch(() => undefined);
      await this.#leadTo(written, { request, reply });
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      const comment = await this.#removable(id, request);
      const frame = this.#frames.of(request, `/comments/${id}/edit`);
      const errors = {
        ...fieldErrorsOf(error, frame.translator),
        ...emptyIn(body, frame.translator.t('field.required')),
      };
      const page = h(EditCommentPage, {
        frame,
        comment,
        text: body,
        draft,
        errors,
        stale: error.code === 'stale_revision',
      });
      await sendPage(page, { request, reply, status: error.status });
    }
  }

  /** The form with the text that its writer took elsewhere, to put a picture into it. */
  async #givenBack(
    id: string,
    { body: text, draft, revision }: { readonly body: string; readonly draft: string; readonly revision: number },
    { request, reply }: Exchange,
  ): Promise<void> {
    const comment = { ...ownOf(await this.#comment(id, request), request), revision };
    const frame = this.#frames.of(request, `/comments/${id}/edit`);
    const page = h(EditCommentPage, { frame, comment, text, draft, errors: {}, stale: false });
    await sendPage(page, { request, reply });
  }

  @Get('remove')
  async removeForm(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const comment = ownOf(await this.#removable(id, request), request);
    await sendPage(h(RemoveCommentPage, { frame: this.#frames.of(request), comment, errors: {} }), { request, reply });
  }

  @Post('remove')
  async remove(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      await this.#leadTo(
        await this.#commenting.remove(requireId(id, 'comment_not_found'), memberOf(request), askingOf(request)),
        {
          request,
          reply,
        },
      );
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      const comment = await this.#removable(id, request);
      const frame = this.#frames.of(request, `/comments/${id}/remove`);
      const errors = fieldErrorsOf(error, frame.translator);
      await sendPage(h(RemoveCommentPage, { frame, comment, errors }), { request, reply, status: error.status });
    }
  }

  /** Pressing an own reaction again takes it back. */
  @Post('reactions')
  async react(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = textIn(form, 'kind') || textIn(form, 'taken');
    if (!isReactionKind(kind)) throw new DomainError('invalid', 'There is no such reaction.');
    const taken = textIn(form, 'taken') === kind || textIn(form, 'own').split(' ').includes(kind);
    const [member, asking] = [memberOf(request), askingOf(request)];
    const written = taken
      ? await this.#commenting.unreact(requireId(id, 'comment_not_found'), kind, member, asking)
      : await this.#commenting.react(requireId(id, 'comment_not_found'), kind, member, asking);
    await this.#leadTo(written, { request, reply }, frameIn(form));
  }

  #comment(id: string, request: FastifyRequest): Promise<Comment> {
    return this.#queries.execute(new GetComment(requireId(id, 'comment_not_found'), viewerOf(request.principal)));
  }

  /** Authors find their own comment also under a withdrawn post. */
  #removable(id: string, request: FastifyRequest): Promise<Comment> {
    return this.#queries.execute(new GetRemovable(requireId(id, 'comment_not_found'), viewerOf(request.principal)));
  }

  /** After a recorded write, leads to the first page where the post is no longer shown. */
  async #leadTo({ comment, position }: WrittenComment, { request, reply }: Exchange, frame?: string): Promise<void> {
    const path = await this.#placeOf(comment, request, { frame }).catch(() => frame ?? '/');
    reply.redirect(pathAfter(path, position), 303);
  }

  async #placeOf(
    comment: Comment,
    request: FastifyRequest,
    { did, frame }: { readonly did?: MarkDone; readonly frame?: string | undefined } = {},
  ): Promise<string> {
    const post = await this.#threads.post(comment.postId, request);
    const cursor = await this.#threads.cursorOf(
      comment.id,
      { post, sort: 'oldest', ...(frame !== undefined && { frame }) },
      request,
    );
    const { reads } = this.#frames.of(request, frame);
    // Only where comments are folded, so that everybody else's pages keep one address.
    const named = reads !== null && !reads.some((language) => language === comment.language) && { named: comment.id };
    const hash = `comment-${comment.id}`;
    const to = did === undefined ? { hash, ...named } : { done: { did, commentId: comment.id } };
    const at = frame === undefined ? { slug: post.slug } : { slug: post.slug, frame };
    return threadHref({ post: at, sort: 'oldest', cursor }, to);
  }
}

/** Throws DomainError `forbidden` for another's comment. */
function ownOf(comment: Comment, request: FastifyRequest): Comment {
  if (comment.author?.id === memberOf(request).memberId) return comment;
  throw new DomainError('forbidden', 'This comment is not yours.');
}

function emptyIn(body: string, message: string): Readonly<Record<string, string>> {
  return body.trim() === '' ? { body: message } : {};
}
