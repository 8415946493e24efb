import { Body, Controller, Get, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Comment } from '../../../libs/client/index.ts';
import { DomainError, requireId } from '../../../libs/kernel/index.ts';
import { isModerator, isStatedLanguage } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Commenting } from '../../acts/commenting.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { GetComment } from '../../views/thread/thread.query-types.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { LanguagePage } from './language-page.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Authors and moderators say which language a comment is in. */
@Controller('comments/:id/language')
@UseInterceptors(ReadsOwnWrites)
export class CommentLanguageController {
  readonly #frames: Frames;
  readonly #commenting: Commenting;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Commenting) commenting: Commenting,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
  ) {
    this.#frames = frames;
    this.#commenting = commenting;
    this.#queries = queries;
    this.#looks = looks;
  }

  @Get()
  form(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send(id, { errors: {}, status: 200 }, { request, reply });
  }

  @Post()
  async set(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [commentId, language] = [requireId(id, 'comment_not_found'), textIn(form, 'language')];
    try {
      if (!isStatedLanguage(language)) throw new DomainError('invalid', 'There is no such language.');
      const written = await this.#commenting.setLanguage(commentId, language, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(`/comments/${commentId}`, BigInt(written.position)), 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      const errors = fieldErrorsOf(error, this.#frames.of(request).translator);
      await this.#send(commentId, { errors, status: error.status }, { request, reply });
    }
  }

  async #send(
    id: string,
    { errors, status }: { readonly errors: FieldErrors; readonly status: number },
    { request, reply }: Exchange,
  ): Promise<void> {
    const read = new GetComment(requireId(id, 'comment_not_found'), viewerOf(request.principal));
    const comment = sayable(await this.#queries.execute(read), request);
    await this.#looks.atComments(request.principal, 'comment', [comment]);
    const frame = this.#frames.of(request, `/comments/${id}/language`);
    await sendPage(h(LanguagePage, { frame, comment, errors }), { request, reply, status });
  }
}

/** Throws DomainError `forbidden` for who is neither its author nor a moderator. */
function sayable(comment: Comment, request: FastifyRequest): Comment {
  const { memberId, roles } = memberOf(request);
  if (comment.author?.id === memberId || isModerator(roles)) return comment;
  throw new DomainError('forbidden', 'Only its author and moderators may say which language a comment is in.');
}
