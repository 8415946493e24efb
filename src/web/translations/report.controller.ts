import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { requireId } from '../../../libs/kernel/index.ts';
import { TRANSLATION_REASONS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { type ReportableTranslation, ReportedTranslationActs } from '../../acts/reported-translations.ts';
import { unlessGone } from '../../acts/unless-gone.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { refusedReport, reportIn, typedReport } from '../shell/typed-report.ts';
import { ReportedTranslationPage, ReportTranslationPage } from './report-page.tsx';
import { translatedPlaces } from './translated-places.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Members' reports about translations. */
@Controller('translations/:id/report')
@UseInterceptors(ReadsOwnWrites)
export class ReportTranslationController {
  readonly #frames: Frames;
  readonly #reported: ReportedTranslationActs;
  readonly #looks: Looks;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(ReportedTranslationActs) reported: ReportedTranslationActs,
    @Inject(Looks) looks: Looks,
  ) {
    this.#frames = frames;
    this.#reported = reported;
    this.#looks = looks;
  }

  @Get()
  async form(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (textIn(query, 'sent') !== '1') return this.#send(id, { form: {}, errors: {}, status: 200 }, { request, reply });
    // It may be gone already, which is no reason not to say thank you.
    const found = await unlessGone(this.#reported.reportable(requireId(id, 'not_found'), memberOf(request)));
    const places = found && translatedPlaces(found);
    await sendPage(h(ReportedTranslationPage, { frame: this.#frames.of(request), places }), { request, reply });
  }

  @Post()
  async report(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { translator } = this.#frames.of(request);
    const translationId = requireId(id, 'not_found');
    const wish = reportIn(form, TRANSLATION_REASONS);
    if (wish === null) {
      const errors = { '': translator.t('complain.choose') };
      return this.#send(id, { form, errors, status: 400 }, { request, reply });
    }
    try {
      const position = await this.#reported.report(translationId, wish, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(`/translations/${id}/report?sent=1`, position), 303);
    } catch (error) {
      const refused = refusedReport(error, translator, 'translation.reportedBefore');
      await this.#send(id, { form, ...refused }, { request, reply });
    }
  }

  async #send(
    id: string,
    { form, errors, status }: { readonly form: unknown; readonly errors: FieldErrors; readonly status: number },
    { request, reply }: Exchange,
  ): Promise<void> {
    const found = await this.#reported.reportable(requireId(id, 'not_found'), memberOf(request));
    await this.#look(found, request);
    const frame = this.#frames.of(request, `/translations/${id}/report`);
    const { translation } = found;
    const back = translatedPlaces(found).form;
    const page = h(ReportTranslationPage, { frame, translation, back, typed: typedReport(form), errors });
    await sendPage(page, { request, reply, status });
  }

  async #look({ text }: ReportableTranslation, { principal }: FastifyRequest): Promise<void> {
    if (text.kind === 'comment') await this.#looks.atComments(principal, 'comment', [text.comment]);
  }
}
