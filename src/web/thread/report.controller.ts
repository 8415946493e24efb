import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { requireId } from '../../../libs/kernel/index.ts';
import { REPORT_REASONS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { Moderating } from '../../acts/moderating.ts';
import { GetComment } from '../../views/thread/thread.query-types.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { refusedReport, reportIn, typedReport } from '../shell/typed-report.ts';
import { ReportedPage, ReportPage } from './report-page.tsx';

/** Members' reports about comments. */
@Controller('comments/:id/report')
@UseInterceptors(ReadsOwnWrites)
export class ReportController {
  readonly #frames: Frames;
  readonly #moderating: Moderating;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Moderating) moderating: Moderating,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
  ) {
    this.#frames = frames;
    this.#moderating = moderating;
    this.#queries = queries;
    this.#looks = looks;
  }

  @Get()
  async form(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (textIn(query, 'sent') !== '1') return this.#send(id, { form: {}, errors: {}, status: 200 }, request, reply);
    const page = h(ReportedPage, { frame: this.#frames.of(request), commentId: requireId(id, 'comment_not_found') });
    return sendPage(page, { request, reply });
  }

  @Post()
  async report(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { translator } = this.#frames.of(request);
    const wish = reportIn(form, REPORT_REASONS);
    if (wish === null) {
      const errors = { '': translator.t('complain.choose') };
      return this.#send(id, { form, errors, status: 400 }, request, reply);
    }
    try {
      const position = await this.#moderating.report(
        requireId(id, 'comment_not_found'),
        wish,
        memberOf(request),
        askingOf(request),
      );
      reply.redirect(pathAfter(`/comments/${id}/report?sent=1`, position), 303);
    } catch (error) {
      const refused = refusedReport(error, translator, 'complain.before');
      await this.#send(id, { form, ...refused }, request, reply);
    }
  }

  async #send(
    id: string,
    { form, errors, status }: { readonly form: unknown; readonly errors: FieldErrors; readonly status: number },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const comment = await this.#queries.execute(
      new GetComment(requireId(id, 'comment_not_found'), viewerOf(request.principal)),
    );
    await this.#looks.atComments(request.principal, 'comment', [comment]);
    const frame = this.#frames.of(request, `/comments/${id}/report`);
    const page = h(ReportPage, { frame, comment, errors, typed: typedReport(form) });
    await sendPage(page, { request, reply, status });
  }
}
