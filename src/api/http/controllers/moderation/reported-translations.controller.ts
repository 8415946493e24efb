import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReportedTranslations, TranslationReportAnswer } from '../../../../../libs/client/index.ts';
import { formatPosition, requireId } from '../../../../../libs/kernel/index.ts';
import { askingOf } from '../../../../access/asking.ts';
import { memberOf } from '../../../../access/request.ts';
import { ReportedTranslationActs } from '../../../../acts/reported-translations.ts';
import { Input } from '../../../input/input.ts';
import { TranslationDismissalBody, TranslationReportBody } from '../../dto/translations.ts';
import { keepPrivate, tellWritten } from '../answers.ts';

/** Reports about translations, and those that moderators dismiss. */
@Controller('api/v1')
export class ReportedTranslationsController {
  readonly #reported: ReportedTranslationActs;

  constructor(@Inject(ReportedTranslationActs) reported: ReportedTranslationActs) {
    this.#reported = reported;
  }

  @Post('translations/:id/reports')
  @HttpCode(201)
  async report(
    @Param('id') id: string,
    @Input(TranslationReportBody) body: TranslationReportBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TranslationReportAnswer> {
    const translationId = requireId(id, 'not_found');
    const position = await this.#reported.report(translationId, body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return { translationId, reason: body.reason, position: formatPosition(position) };
  }

  @Get('moderation/translations')
  list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReportedTranslations> {
    keepPrivate(reply);
    return this.#reported.list(memberOf(request));
  }

  @Post('moderation/translations/:id/dismissal')
  @HttpCode(204)
  async dismiss(
    @Param('id') id: string,
    @Input(TranslationDismissalBody) { revision }: TranslationDismissalBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const translationId = requireId(id, 'not_found');
    const position = await this.#reported.dismiss(translationId, revision, memberOf(request), askingOf(request));
    tellWritten(reply, position);
  }
}
