import { Controller, Get, Inject, Param, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { LOG_KINDS } from '../../../../libs/client/index.ts';
import { DomainError, isUuid } from '../../../../libs/kernel/index.ts';
import { lookAtDecision } from '../../../api/access/look-at.ts';
import { Looks } from '../../../api/access/looks.ts';
import { memberOf } from '../../../api/access/request.ts';
import { GetMemberByHandle } from '../../../views/members/members.query-types.ts';
import {
  GetModerationLog,
  GetModerationReport,
  type LogFilter,
} from '../../../views/moderation-log/log.query-types.ts';
import { GetFrozenDecision } from '../../../views/moderation-queue/queue.query-types.ts';
import { dayAfter, dayIn } from '../../moderation/days.ts';
import { oneOf } from '../../moderation/words.ts';
import { FrozenPage } from '../../pages/moderation/frozen-page.tsx';
import { type LogFields, LogPage } from '../../pages/moderation/log-page.tsx';
import { ModerationReportPage } from '../../pages/moderation/report-page.tsx';
import { Frames } from '../../server/frames.ts';
import { textIn } from '../../server/paths.ts';
import { ReadsOwnWrites } from '../../server/reads-own-writes.ts';
import { sendPage } from '../../server/send-page.ts';

const ENTRIES_A_PAGE = 50;
/** Days that the report shows unless told. */
const USUAL_DAYS = 30;
/** A handle of nobody matches nothing. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** What was done and how it went, for moderators and auditors. */
@Controller('moderation')
@UseInterceptors(ReadsOwnWrites)
export class LogPagesController {
  readonly #frames: Frames;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(@Inject(Frames) frames: Frames, @Inject(QueryBus) queries: QueryBus, @Inject(Looks) looks: Looks) {
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
    const field = (name: string) => textIn(query, name).trim();
    const fields = {
      actor: field('actor'),
      member: field('member'),
      kind: field('kind'),
      from: field('from'),
      to: field('to'),
    };
    const cursor = textIn(query, 'cursor') || null;
    const wish = new GetModerationLog(await this.#filter(fields), { limit: ENTRIES_A_PAGE, cursor });
    const page = await this.#queries.execute(wish);
    await this.#looks.looked(memberOf(request), { place: 'moderation-log' });
    await sendPage(h(LogPage, { frame: this.#frames.of(request), fields, page }), { request, reply });
  }

  @Get('report')
  async report(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const today = new Date().toISOString().slice(0, 10);
    const to = dayIn(textIn(query, 'to')) ?? today;
    const from = dayIn(textIn(query, 'from')) ?? dayAfter(to, -USUAL_DAYS);
    const wish = new GetModerationReport(`${from}T00:00:00.000Z`, `${dayAfter(to, 1)}T00:00:00.000Z`);
    const report = await this.#queries.execute(wish);
    await sendPage(h(ModerationReportPage, { frame: this.#frames.of(request), report, from, to }), { request, reply });
  }

  async #filter(fields: LogFields): Promise<LogFilter> {
    const [actor, member] = await Promise.all([this.#memberId(fields.actor), this.#memberId(fields.member)]);
    const kind = oneOf(LOG_KINDS, fields.kind);
    const [from, to] = [dayIn(fields.from), dayIn(fields.to)];
    return {
      ...(actor === null ? {} : { actor }),
      ...(member === null ? {} : { member }),
      ...(kind === undefined ? {} : { kind }),
      ...(from === null ? {} : { from: `${from}T00:00:00.000Z` }),
      ...(to === null ? {} : { to: `${dayAfter(to, 1)}T00:00:00.000Z` }),
    };
  }

  async #memberId(handle: string): Promise<string | null> {
    if (handle === '') return null;
    const found = await this.#queries.execute(new GetMemberByHandle(handle.replace(/^@/, ''))).catch(() => null);
    return found?.id ?? NOBODY;
  }
}
