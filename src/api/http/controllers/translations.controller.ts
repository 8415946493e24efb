import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TranslationList, TranslationWish, WrittenTranslation } from '../../../../libs/client/index.ts';
import { formatPosition, requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { viewerOf } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { Translating } from '../../../acts/translating.ts';
import type { TranslatedText } from '../../../views/translations/translations.query-types.ts';
import { Input, QueryInput } from '../../input/input.ts';
import {
  CommentTranslationBody,
  PostTranslationBody,
  TranslationRemovalBody,
  TranslationSeenQuery,
  TranslationsQuery,
} from '../dto/translations.ts';
import { keepPrivate, tellWritten } from './answers.ts';

/** What others wrote, in other languages. */
@Controller('api/v1')
export class TranslationsController {
  readonly #translating: Translating;

  constructor(@Inject(Translating) translating: Translating) {
    this.#translating = translating;
  }

  @Get('comments/:id/translations')
  ofComment(
    @Param('id') id: string,
    @QueryInput(TranslationsQuery) { language }: TranslationsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TranslationList> {
    return this.#list(commentIn(id), language ?? null, { request, reply });
  }

  @Post('comments/:id/translations')
  @HttpCode(201)
  translateComment(
    @Param('id') id: string,
    @Input(CommentTranslationBody) body: CommentTranslationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WrittenTranslation> {
    return this.#write(commentIn(id), body, { request, reply });
  }

  @Get('posts/:id/translations')
  ofPost(
    @Param('id') id: string,
    @QueryInput(TranslationsQuery) { language }: TranslationsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TranslationList> {
    return this.#list(postIn(id), language ?? null, { request, reply });
  }

  @Post('posts/:id/translations')
  @HttpCode(201)
  translatePost(
    @Param('id') id: string,
    @Input(PostTranslationBody) body: PostTranslationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WrittenTranslation> {
    return this.#write(postIn(id), body, { request, reply });
  }

  @Delete('translations/:id')
  @HttpCode(204)
  async takeBack(
    @Param('id') id: string,
    @QueryInput(TranslationSeenQuery) { revision }: TranslationSeenQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const translationId = requireId(id, 'not_found');
    const { position } = await this.#translating.remove(
      translationId,
      { reason: null, ...(revision !== undefined && { revision: Number(revision) }) },
      memberOf(request),
      askingOf(request),
    );
    tellWritten(reply, position);
  }

  @Post('translations/:id/removal')
  @HttpCode(204)
  async remove(
    @Param('id') id: string,
    @Input(TranslationRemovalBody) wish: TranslationRemovalBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const translationId = requireId(id, 'not_found');
    const { position } = await this.#translating.remove(translationId, wish, memberOf(request), askingOf(request));
    tellWritten(reply, position);
  }

  async #list(
    of: TranslatedText,
    language: string | null,
    { request: { principal }, reply }: Asked,
  ): Promise<TranslationList> {
    if (principal !== null) keepPrivate(reply);
    const { sourceRevision, items, unopened } = await this.#translating.list(of, viewerOf(principal), language);
    return { sourceRevision, items, unopened };
  }

  async #write(of: TranslatedText, wish: TranslationWish, { request, reply }: Asked): Promise<WrittenTranslation> {
    const by = memberOf(request);
    const { translation, position } = await this.#translating.write(of, wish, by, askingOf(request));
    tellWritten(reply, position);
    return { translation, position: formatPosition(position) };
  }
}

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function commentIn(id: string): TranslatedText {
  return { kind: 'comment', id: requireId(id, 'comment_not_found') };
}

function postIn(id: string): TranslatedText {
  return { kind: 'post', id: requireId(id, 'post_not_found') };
}
