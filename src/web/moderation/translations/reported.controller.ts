import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { ReportedTranslationActs } from '../../../acts/reported-translations.ts';
import { Translating } from '../../../acts/translating.ts';
import { Frames } from '../../shell/frames.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { oneOf } from '../../shell/one-of.ts';
import { pathAfter, revisionIn, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { reasonOf } from '../../shell/refusal-messages.ts';
import { sendPage } from '../../shell/send-page.ts';
import { refusedRemoval, removalIn } from '../../shell/typed-removal.ts';
import { ReportedTranslationsPage } from './reported-page.tsx';

const DONE = ['kept', 'removed'] as const;
/** What these refusals mean here. */
const WORDS: Readonly<Record<string, MessageKey>> = { not_found: 'reported.over', stale_revision: 'reported.stale' };

/** The translations that members reported, and the forms that decide. */
@Controller('moderation/translations')
@UseInterceptors(ReadsOwnWrites)
export class ReportedTranslationPagesController {
  readonly #frames: Frames;
  readonly #reported: ReportedTranslationActs;
  readonly #translating: Translating;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(ReportedTranslationActs) reported: ReportedTranslationActs,
    @Inject(Translating) translating: Translating,
  ) {
    this.#frames = frames;
    this.#reported = reported;
    this.#translating = translating;
  }

  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const done = oneOf(DONE, textIn(query, 'done')) ?? null;
    const reported = await this.#reported.list(memberOf(request));
    const page = h(ReportedTranslationsPage, { frame: this.#frames.of(request), reported, done, refused: null });
    await sendPage(page, { request, reply });
  }

  /** When it is refused, they are shown as they are now. */
  @Post(':id')
  async decide(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const translationId = requireId(id, 'not_found');
    try {
      const removes = textIn(form, 'action') === 'remove';
      const position = removes
        ? await this.#remove(translationId, form, request)
        : await this.#keep(translationId, form, request);
      reply.redirect(pathAfter(`/moderation/translations?done=${removes ? 'removed' : 'kept'}`, position), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const frame = this.#frames.of(request, '/moderation/translations');
      const key = WORDS[error.code];
      const refusal = key === undefined ? reasonOf(error, frame.translator) : frame.translator.t(key);
      const reported = await this.#reported.list(memberOf(request));
      const removal = refusedRemoval(form, error, frame.translator);
      const refused = { translationId, refusal, removal };
      const page = h(ReportedTranslationsPage, { frame, reported, done: null, refused });
      await sendPage(page, { request, reply, status: error.status });
    }
  }

  #keep(translationId: string, form: unknown, request: FastifyRequest) {
    return this.#reported.dismiss(translationId, seenIn(form), memberOf(request), askingOf(request));
  }

  async #remove(translationId: string, form: unknown, request: FastifyRequest) {
    const wish = { ...removalIn(form), revision: seenIn(form) };
    const removed = await this.#translating.remove(translationId, wish, memberOf(request), askingOf(request));
    return removed.position;
  }
}

/** The revision of the text that the moderator saw; without one it is that of no text. */
function seenIn(form: unknown): number {
  return revisionIn(form) ?? -1;
}
