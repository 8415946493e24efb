import { Readable } from 'node:stream';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type LogEntry,
  type ModerationReport,
  type Page,
  type PublicLogEntry,
} from '../../../../../libs/client/index.ts';
import { DomainError, formatPosition, isUuid } from '../../../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../../../libs/projections/index.ts';
import { LOG_KINDS, type LogKind } from '../../../../../libs/words/index.ts';
import { memberOf } from '../../../../access/request.ts';
import { lookAtLog } from '../../../../acts/looks/look-at.ts';
import { Looks } from '../../../../acts/looks/looks.ts';
import { GetMemberByHandle } from '../../../../views/members/members.query-types.ts';
import {
  GetModerationLog,
  GetModerationReport,
  GetPublicLog,
  type LogFilter,
  StreamModerationLog,
} from '../../../../views/moderation-log/log.query-types.ts';
import { SITE, type SiteInMemory } from '../../../../views/site/site.query-types.ts';
import { QueryInput } from '../../../input/input.ts';
import { ListQuery, pageOf } from '../../dto/lists.ts';
import { LogQuery, PeriodQuery } from '../../dto/moderation.ts';
import { keepPrivate } from '../answers.ts';
import { csvOf, jsonOf } from './log-files.ts';

const USUAL_ENTRIES = 50;
const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;

const FILES = {
  csv: { type: 'text/csv; charset=utf-8', write: csvOf },
  json: { type: 'application/json; charset=utf-8', write: jsonOf },
} as const;

/** The moderation log for moderators and auditors, and its public part for readers. */
@Controller('api/v1/moderation')
export class LogController {
  readonly #queries: QueryBus;
  readonly #looks: Looks;
  readonly #views: Pick<Views, 'position'>;
  readonly #site: SiteInMemory;

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(SITE) site: SiteInMemory,
    @Inject(Looks) looks: Looks,
    @Inject(VIEWS) views: Pick<Views, 'position'>,
  ) {
    this.#queries = queries;
    this.#site = site;
    this.#looks = looks;
    this.#views = views;
  }

  /** A page as JSON; with `format`, or `Accept: text/csv`, all matching entries as a file, oldest first. */
  @Get('log')
  async log(
    @QueryInput(LogQuery) query: LogQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<LogEntry> | Readable> {
    keepPrivate(reply);
    const filter = await this.#filterOf(query);
    const format = query.format ?? (wantsCsv(request) ? 'csv' : null);
    if (format !== null) return this.#file(format, filter, { request, reply });
    const page = await this.#queries.execute(new GetModerationLog(filter, pageOf(query, USUAL_ENTRIES)));
    await this.#looks.looked(memberOf(request), lookAtLog({ ...filter, cursor: query.cursor }));
    return page;
  }

  async #file(
    format: keyof typeof FILES,
    filter: LogFilter,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<Readable> {
    const exported = { what: 'moderation-log', format, filter: { ...filter } } as const;
    await this.#looks.exported(memberOf(request), { ...exported, until: formatPosition(this.#views.position()) });
    const pieces = await this.#queries.execute(new StreamModerationLog(filter));
    const { type, write } = FILES[format];
    reply.type(type).header('content-disposition', `attachment; filename="moderation-log.${format}"`);
    return Readable.from(write(pieces));
  }

  @Get('report')
  report(
    @QueryInput(PeriodQuery) { from, to }: PeriodQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ModerationReport> {
    keepPrivate(reply);
    const end = to ?? new Date().toISOString();
    const start = from ?? new Date(Date.parse(end) - USUAL_DAYS * DAY_MS).toISOString();
    return this.#queries.execute(new GetModerationReport(start, end));
  }

  @Get('public-log')
  publicLog(@QueryInput(ListQuery) query: ListQuery): Promise<Page<PublicLogEntry>> {
    if (!this.#site.now().publicModerationLog) {
      throw new DomainError('not_found', 'This forum does not show its moderation log to readers.');
    }
    return this.#queries.execute(new GetPublicLog(pageOf(query, USUAL_ENTRIES)));
  }

  async #filterOf({ actor, member, kind, commentId, postId, site, cause, from, to }: LogQuery): Promise<LogFilter> {
    return {
      ...(commentId === undefined ? {} : { commentId }),
      ...(postId === undefined ? {} : { postId }),
      ...(site === undefined ? {} : { site }),
      ...(cause === undefined ? {} : { cause }),
      ...(actor === undefined ? {} : { actor: actor === 'policy' ? actor : await this.#memberId(actor) }),
      ...(member === undefined ? {} : { member: await this.#memberId(member) }),
      ...(kind === undefined ? {} : { kind: kindOf(kind) }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
  }

  /** By id or by handle. */
  async #memberId(name: string): Promise<string> {
    if (isUuid(name)) return name;
    return (await this.#queries.execute(new GetMemberByHandle(name))).id;
  }
}

function kindOf(text: string): LogKind {
  const kind = LOG_KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  const message = `must be one of ${LOG_KINDS.join(', ')}`;
  throw new DomainError('invalid', `kind ${message}.`, [{ field: 'kind', message }]);
}

function wantsCsv({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? '').split(',').some((type) => type.trim().startsWith('text/csv'));
}
