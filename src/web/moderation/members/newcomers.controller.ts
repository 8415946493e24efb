import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { isUuid, requireId } from '../../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { Admitting } from '../../../acts/admitting.ts';
import { GetOwnMember } from '../../../views/members/members.query-types.ts';
import { formText } from '../../shell/form-checks.ts';
import { Frames } from '../../shell/frames.ts';
import { pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { sendPage } from '../../shell/send-page.ts';
import { type Decided, NewcomersPage } from './newcomers-page.tsx';

const SHOWN_AT_ONCE = 50;

/** Members who wait to be let in, where registrations are approved one by one. */
@Controller('moderation/newcomers')
@UseInterceptors(ReadsOwnWrites)
export class NewcomersController {
  readonly #frames: Frames;
  readonly #admitting: Admitting;
  readonly #queries: QueryBus;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Admitting) admitting: Admitting,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#frames = frames;
    this.#admitting = admitting;
    this.#queries = queries;
  }

  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const newcomers = await this.#admitting.waiting(SHOWN_AT_ONCE, memberOf(request));
    const decided = await this.#decided(textIn(query, 'saved'));
    await sendPage(h(NewcomersPage, { frame: this.#frames.of(request), newcomers, decided }), { request, reply });
  }

  /** The member of the decision that led here; null without one. */
  async #decided(id: string): Promise<Decided | null> {
    if (!isUuid(id)) return null;
    const { displayName, state } = await this.#queries.execute(new GetOwnMember(id));
    return { displayName, state };
  }

  @Post(':id')
  async decide(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireId(id, 'member_not_found');
    const state = textIn(form, 'state') === 'active' ? 'active' : 'refused';
    const reason = formText(form, 'reason').slice(0, TEXT_LIMITS.reason.max);
    const by = { by: memberOf(request), asking: askingOf(request) };
    const { position } = await this.#admitting.decide(id, { state, reason }, by);
    reply.redirect(pathAfter(`/moderation/newcomers?saved=${id}`, position), 303);
  }
}
