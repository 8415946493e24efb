import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { CauseNode, LogEvent, MemberAuthor } from '../../../../libs/client/index.ts';
import { DomainError, formatPosition, parsePosition } from '../../../../libs/kernel/index.ts';
import { memberOf } from '../../../access/request.ts';
import { AUDITING, type Auditing, eventsOf } from '../../../acts/auditing/auditing.ts';
import { Audits, type FilterWish } from '../../../acts/auditing/audits.ts';
import { REPLAYING, type Replaying } from '../../../acts/auditing/replaying.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import { Frames } from '../../shell/frames.ts';
import { textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../../shell/refusals.ts';
import { sendPage } from '../../shell/send-page.ts';
import { EventPage } from './event-page.tsx';
import { EVENT_FIELDS, type EventFields, EventsPage } from './events-page.tsx';
import { filterIn, filterWords } from './filter.ts';

const EVENTS_A_PAGE = 50;

interface Found {
  readonly events: readonly LogEvent[] | null;
  readonly people: ReadonlyMap<string, MemberAuthor | null>;
  readonly next: string | null;
  readonly errors: FieldErrors;
}

/** The log itself, for auditors. */
@Controller('audit/events')
@UseInterceptors(ReadsOwnWrites)
export class EventsPagesController {
  readonly #frames: Frames;
  readonly #audits: Audits;
  readonly #auditing: Auditing;
  readonly #replaying: Replaying;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Audits) audits: Audits,
    @Inject(AUDITING) auditing: Auditing,
    @Inject(REPLAYING) replaying: Replaying,
  ) {
    this.#frames = frames;
    this.#audits = audits;
    this.#auditing = auditing;
    this.#replaying = replaying;
  }

  @Get()
  async events(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsIn(query);
    const before = parsePosition(textIn(query, 'before')) ?? null;
    const frame = this.#frames.of(request);
    const index = this.#auditing.index();
    const found = await this.#find(fields, before, request);
    const live = before === null && Object.values(fields).every((value) => value === '');
    const days = await this.#auditing.days().catch(unlessNotYet);
    const page = h(EventsPage, { frame, fields, ...found, live, index, days });
    await sendPage(page, { request, reply, status: Object.keys(found.errors).length > 0 ? 400 : 200 });
  }

  @Get(':position')
  async event(
    @Param('position') position: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const at = positionIn(position);
    const open = textIn(query, 'open') === '1';
    const { story, opened } = await this.#audits.story(memberOf(request), at, { open });
    const actors = [...story.causes, ...story.effects].flatMap(actorsIn);
    const people = await this.#audits.people([story.event.actor, ...actors]);
    const touched = this.#replaying.knownTouched(at);
    const page = h(EventPage, { frame: this.#frames.of(request), story, people, opened, touched });
    await sendPage(page, { request, reply });
  }

  /** Waits until the rows are found, then shows them with the event. */
  @Post(':position/touched')
  async touched(
    @Param('position') position: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const at = positionIn(position);
    await this.#audits.event(memberOf(request), at);
    await this.#replaying.touched(at);
    reply.redirect(`/audit/events/${formatPosition(at)}#views`, 303);
  }

  async #find(fields: EventFields, before: bigint | null, request: FastifyRequest): Promise<Found> {
    const nobody = new Map();
    try {
      const wish: FilterWish = filterIn(fields);
      const span = { direction: 'down', from: before, limit: EVENTS_A_PAGE } as const;
      const { lines, next } = await this.#audits.events(memberOf(request), wish, span);
      const events = await eventsOf(lines);
      const people = await this.#audits.people(events.map(({ actor }) => actor));
      return { events, people, next: next === null ? null : formatPosition(next), errors: {} };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'not_caught_up') return { events: null, people: nobody, next: null, errors: {} };
      if (error.code === 'member_not_found') return { events: [], people: nobody, next: null, errors: {} };
      if (error.code !== 'invalid') throw error;
      const errors = fieldErrorsOf(error, this.#frames.of(request).translator, filterWords(fields));
      return { events: [], people: nobody, next: null, errors };
    }
  }
}

function fieldsIn(query: unknown): EventFields {
  const field = (name: string) => textIn(query, name).trim();
  const [type, stream, actor, from, to, correlation, causation] = EVENT_FIELDS.map(field);
  return {
    type: type ?? '',
    stream: stream ?? '',
    actor: actor ?? '',
    from: from ?? '',
    to: to ?? '',
    correlation: correlation ?? '',
    causation: causation ?? '',
  };
}

function unlessNotYet(error: unknown): null {
  if (error instanceof DomainError && error.code === 'not_caught_up') return null;
  throw error;
}

function actorsIn({ actor, nodes }: CauseNode): readonly string[] {
  return [actor, ...nodes.flatMap(actorsIn)];
}

function positionIn(text: string): bigint {
  const position = parsePosition(text);
  if (position === undefined || position > 2n ** 63n - 1n) {
    throw new DomainError('not_found', 'There is no event at this position.');
  }
  return position;
}
