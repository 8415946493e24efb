import { Body, Controller, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, requireId } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Translating } from '../../acts/translating.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { FindTranslation } from '../../views/translations/translations.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, revisionIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { reasonOf } from '../shell/refusal-messages.ts';
import { refusedRemoval, removalIn } from '../shell/typed-removal.ts';
import {
  commentIn,
  PLAIN_TRANSLATIONS,
  standing,
  type TranslationExchange,
  TranslationPages,
} from './translation-pages.ts';

/** The codes that say that a removal has to be sent again. */
const NOT_REMOVED: ReadonlySet<string> = new Set(['stale_revision', 'invalid']);

/** Takes a translation away from the page on which it stands. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class TranslationRemovalController {
  readonly #frames: Frames;
  readonly #translating: Translating;
  readonly #queries: QueryBus;
  readonly #pages: TranslationPages;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Translating) translating: Translating,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(TranslationPages) pages: TranslationPages,
  ) {
    this.#frames = frames;
    this.#translating = translating;
    this.#queries = queries;
    this.#pages = pages;
  }

  /** Its translator takes it back, and a moderator says why; the text that was seen, which without a revision is none. */
  @Post('translations/:id/remove')
  async remove(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const translationId = requireId(id, 'not_found');
    const by = memberOf(request);
    const wish = { ...removalIn(form), revision: revisionIn(form) ?? -1 };
    const removed = await this.#translating
      .remove(translationId, wish, by, askingOf(request))
      .catch((error: unknown) => this.#notRemoved(error, { form, translationId }, { request, reply }));
    if (removed === null) return;
    const { of, position } = removed;
    const path = of === null ? '/' : await this.#pathOf(of, request);
    reply.redirect(pathAfter(path, position), 303);
  }

  /** Null once the page was sent that shows the text as it is now, with what was typed. Throws any other error again. */
  async #notRemoved(
    error: unknown,
    { form, translationId }: { readonly form: unknown; readonly translationId: string },
    exchange: TranslationExchange,
  ): Promise<null> {
    const isRefused = error instanceof DomainError && NOT_REMOVED.has(error.code);
    const of = isRefused ? await this.#queries.execute(new FindTranslation(translationId)) : null;
    if (!isRefused || of === null) throw error;
    const { commentId, postId, language } = of;
    const text = commentId === null ? ({ kind: 'post', id: postId } as const) : commentIn(commentId);
    const read = await this.#pages.read(text, exchange.request);
    const { translator } = this.#frames.of(exchange.request);
    const refusal = error.code === 'invalid' ? reasonOf(error, translator) : translator.t('reported.stale');
    const removal = refusedRemoval(form, error, translator);
    const shown = {
      ...PLAIN_TRANSLATIONS,
      typed: standing('', read),
      refusal,
      status: error.status,
      taking: language,
      removal,
    };
    await this.#pages.send(read, shown, exchange);
    return null;
  }

  async #pathOf(
    { postId, commentId }: { readonly postId: string; readonly commentId: string | null },
    request: FastifyRequest,
  ): Promise<string> {
    if (commentId !== null) return `/comments/${commentId}/translations?done=taken`;
    const now = new Date().toISOString();
    const post = await this.#queries.execute(new GetPost(postId, viewerOf(request.principal), now));
    return `${postHref(post)}/translations?done=taken`;
  }
}
