import { Controller, Get, Inject, Param, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, isUuid } from '../../../../libs/kernel/index.ts';
import { viewerOf } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { lookAtDecision, lookAtLog } from '../../../acts/looks/look-at.ts';
import { Looks } from '../../../acts/looks/looks.ts';
import { GetModerationLog, GetModerationReport } from '../../../views/moderation-log/log.query-types.ts';
import { GetFrozenDecision } from '../../../views/moderation-queue/queue.query-types.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import { isFine } from '../../shell/form-checks.ts';
import { Frames } from '../../shell/frames.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { sendPage } from '../../shell/send-page.ts';
import { dayAfter, dayIn, periodOf } from '../days.ts';
import { ModerationReportPage } from '../report/report-page.tsx';
import { FrozenPage } from './frozen-page.tsx';
import { LogFilters } from './log-filters.ts';
import { LogPage } from './log-page.tsx';

const ENTRIES_A_PAGE = 50;
/** Days that the report shows unless told. */
const USUAL_DAYS = 30;
/** Days of the longest report. */
const MOST_DAYS = 366;

/** The moderation log and its report, for moderators and auditors. */
@Controller('moderation')
@UseInterceptors(ReadsOwnWrites)
export class LogPagesController {
  readonly #frames: Frames;
  readonly #queries: QueryBus;
  readonly #looks: Looks;
  readonly #filters: LogFilters;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
    @Inject(LogFilters) filters: LogFilters,
  ) {
    this.#filters = filters;
    this.#frames = frames;
    this.#queries = queries;
    this.#looks = looks;
  }

  @Get('decisions/:id')
  async frozen(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isUuid(id)) throw new DomainError('not_found', 'There is no such decision.');
    const decision = await this.#queries.execute(new GetFrozenDecision(id));
    await this.#looks.looked(memberOf(request), lookAtDecision(decision));
    await sendPage(h(FrozenPage, { frame: this.#frames.of(request), decision }), { request, reply });
  }

  @Get('log')
  async log(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = this.#frames.of(request);
    const { fields, filter, errors } = await this.#filters.read(query, viewerOf(request.principal), frame.translator);
    const isWrong = Object.keys(errors).length > 0;
    const cursor = textIn(query, 'cursor') || null;
    const wish = new GetModerationLog(filter, { limit: ENTRIES_A_PAGE, cursor });
    const page = isWrong ? { items: [], next: null } : await this.#queries.execute(wish);
    await this.#looks.looked(memberOf(request), lookAtLog({ ...filter, cursor: cursor ?? undefined }));
    const status = isWrong ? 400 : 200;
    await sendPage(h(LogPage, { frame, fields, filter, errors, page }), { request, reply, status });
  }

  @Get('report')
  async report(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = this.#frames.of(request);
    const today = new Date().toISOString().slice(0, 10);
    const to = textIn(query, 'to').trim() || today;
    const from = textIn(query, 'from').trim() || dayAfter(dayIn(to) ?? today, -USUAL_DAYS);
    const errors = wrongPeriod(from, to, frame.translator);
    const period = isFine(errors) ? periodOf(dayIn(from), dayIn(to)) : { from: null, to: null };
    const isNamed = period.from !== null && period.to !== null;
    const report = isNamed ? await this.#queries.execute(new GetModerationReport(period.from, period.to)) : null;
    const page = h(ModerationReportPage, { frame, report, from, to, errors });
    await sendPage(page, { request, reply, status: report === null ? 400 : 200 });
  }
}

function wrongPeriod(from: string, to: string, { t }: Translator): FieldErrors {
  const wrong = {
    ...(dayIn(from) === null ? { from: t('rehearse.day') } : {}),
    ...(dayIn(to) === null ? { to: t('rehearse.day') } : {}),
  };
  if (!isFine(wrong)) return wrong;
  if (to < from) return { to: t('rehearse.period') };
  return dayAfter(from, MOST_DAYS - 1) < to ? { to: t('modreport.long', { days: MOST_DAYS }) } : {};
}
