import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LogDay, LookEntry, Page } from '../../../../../libs/client/index.ts';
import { DomainError, formatPosition, parsePosition } from '../../../../../libs/kernel/index.ts';
import { memberOf } from '../../../../access/request.ts';
import { AUDITING, type Auditing, type EventSpan } from '../../../../acts/auditing/auditing.ts';
import { Audits, type FilterWish } from '../../../../acts/auditing/audits.ts';
import { QueryInput } from '../../../input/input.ts';
import { type EventFilterQuery, EventsQuery, LooksQuery } from '../../dto/audit.ts';
import { keepPrivate } from '../answers.ts';

const USUAL_EVENTS = 100;
const USUAL_LOOKS = 50;
const TYPES = { ndjson: 'application/x-ndjson; charset=utf-8', csv: 'text/csv; charset=utf-8' } as const;
/** The place of the signed statement about the log, against which an export is checked. */
const CHECKPOINT = '</api/v1/audit/checkpoint>; rel="describedby"; type="text/plain"';
const LAST_POSITION = 2n ** 63n - 1n;

/** The log itself, for auditors. */
@Controller('api/v1/audit')
export class EventsController {
  readonly #audits: Audits;
  readonly #auditing: Auditing;

  constructor(@Inject(Audits) audits: Audits, @Inject(AUDITING) auditing: Auditing) {
    this.#audits = audits;
    this.#auditing = auditing;
  }

  /** A page as JSON, oldest first (newest first with `before`); all matching events as NDJSON or CSV. */
  @Get('events')
  async events(
    @QueryInput(EventsQuery) query: EventsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    keepPrivate(reply);
    const format = query.format ?? acceptedFormat(request);
    const wish = filterIn(query);
    if (format !== 'json') return this.#export(wish, { query, format }, { request, reply });
    const { lines, next } = await this.#audits.events(memberOf(request), wish, spanIn(query));
    const place = next === null ? 'null' : `"${formatPosition(next)}"`;
    await reply.type('application/json; charset=utf-8').send(`{"items":[${lines.join(',')}],"next":${place}}`);
  }

  @Get('events/:position')
  async event(
    @Param('position') position: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    keepPrivate(reply);
    const line = await this.#audits.event(memberOf(request), positionInPath(position));
    await reply.type('application/json; charset=utf-8').send(line);
  }

  /** The recorded looks and exports; moderators read their own. */
  @Get('looks')
  async looks(
    @QueryInput(LooksQuery) { kind, member, before, limit }: LooksQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<LookEntry>> {
    keepPrivate(reply);
    const { items, next } = await this.#audits.looks(memberOf(request), {
      kind: kind ?? null,
      member: member ?? null,
      before: before === undefined ? null : positionOf(before),
      limit: limit === undefined ? USUAL_LOOKS : Number(limit),
    });
    return { items, next: next === null ? null : formatPosition(next) };
  }

  /** Figures by day. */
  @Get('days')
  days(@Res({ passthrough: true }) reply: FastifyReply): Promise<readonly LogDay[]> {
    keepPrivate(reply);
    return this.#auditing.days();
  }

  async #export(
    wish: FilterWish,
    { query, format }: { readonly query: EventsQuery; readonly format: 'ndjson' | 'csv' },
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    refuseInExport(query);
    const after = query.after === undefined ? 0n : positionOf(query.after);
    const { file, until } = await this.#audits.exported(memberOf(request), wish, { format, after });
    await reply
      .type(TYPES[format])
      .header('content-disposition', `attachment; filename="events.${format}"`)
      .header('link', CHECKPOINT)
      .header('colloquy-position', formatPosition(until))
      .send(file);
  }
}

function acceptedFormat({ headers }: FastifyRequest): 'json' | 'ndjson' | 'csv' {
  const types = (headers.accept ?? '').split(',').map((type) => type.split(';')[0]?.trim());
  if (types.includes('application/x-ndjson')) return 'ndjson';
  return types.includes('text/csv') ? 'csv' : 'json';
}

function filterIn({ type, stream, actor, correlation, causation, from, to }: EventFilterQuery): FilterWish {
  return {
    ...(type === undefined ? {} : { type }),
    ...(stream === undefined ? {} : { stream }),
    ...(actor === undefined ? {} : { actor }),
    ...(correlation === undefined ? {} : { correlation }),
    ...(causation === undefined ? {} : { causation }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** Throws DomainError `invalid` when both ends are named. */
function spanIn({ after, before, limit }: EventsQuery): EventSpan {
  if (after !== undefined && before !== undefined) throw wrong('before', 'goes without after');
  const wish = { limit: limit === undefined ? USUAL_EVENTS : Number(limit) };
  if (before !== undefined) return { ...wish, direction: 'down', from: positionOf(before) };
  return { ...wish, direction: 'up', from: after === undefined ? null : positionOf(after) };
}

/** An export has no page. */
function refuseInExport({ before, limit }: EventsQuery): void {
  if (limit !== undefined) throw wrong('limit', 'is for pages of JSON; an export is whole');
  if (before !== undefined) throw wrong('before', 'is for pages of JSON; an export goes upwards');
}

/** A position beyond the largest that a log can have counts as its end. */
function positionOf(text: string): bigint {
  const position = parsePosition(text) ?? 0n;
  return position > LAST_POSITION ? LAST_POSITION : position;
}

function positionInPath(text: string): bigint {
  const position = parsePosition(text);
  if (position === undefined || position > LAST_POSITION) {
    throw new DomainError('not_found', 'There is no event at this position.');
  }
  return position;
}

function wrong(field: string, message: string): DomainError {
  return new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
}
