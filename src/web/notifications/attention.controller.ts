import { Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, type Position, requireId } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { ATTENTION_ACTS, BeingTold } from '../../acts/being-told.ts';
import { GetFollowed, GetIgnoredMembers, GetMuted } from '../../views/notifications/notifications.query-types.ts';
import { doneIn, pathDone } from '../shell/done.tsx';
import { Frames } from '../shell/frames.ts';
import { oneOf } from '../shell/one-of.ts';
import { ownPath, pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { AttentionPage } from './attention-page.tsx';

const A_PAGE = 20;
const PATH = '/settings/attention';
const ACTS = [...ATTENTION_ACTS, 'ignore', 'heed'] as const;

/** The lists of what a member follows, mutes and ignores, as a page. */
@Controller('settings/attention')
@UseInterceptors(ReadsOwnWrites)
export class AttentionPagesController {
  readonly #frames: Frames;
  readonly #told: BeingTold;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(BeingTold) told: BeingTold, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#told = told;
    this.#queries = queries;
  }

  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { memberId } = memberOf(request);
    const page = (list: string) => ({ limit: A_PAGE, cursor: textIn(query, list) || null });
    const [follows, mutes, ignores] = await Promise.all([
      this.#queries.execute(new GetFollowed(memberId, page('follows'), 'left out')),
      this.#queries.execute(new GetMuted(memberId, page('mutes'))),
      this.#queries.execute(new GetIgnoredMembers(memberId, page('ignores'))),
    ]);
    const frame = this.#frames.of(request, PATH);
    await sendPage(h(AttentionPage, { frame, follows, mutes, ignores, done: doneIn(query) }), { request, reply });
  }

  /** Leads back to the lists, or to the member's page on which the button stood. */
  @Post()
  async attend(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const act = oneOf(ACTS, textIn(request.body, 'act'));
    const id = textIn(request.body, 'id');
    if (act === undefined) throw new DomainError('invalid', 'There is no such act.');
    const position = await this.#act(act, id, request);
    const [back] = textIn(request.body, 'back').split('?');
    const done = act === 'ignore' ? 'ignored' : 'attentionEnded';
    reply.redirect(pathAfter(pathDone(ownPath(back || PATH), done), position), 303);
  }

  async #act(act: (typeof ACTS)[number], id: string, request: FastifyRequest): Promise<Position> {
    const by = memberOf(request);
    if (act === 'ignore' || act === 'heed') {
      return this.#told[act](requireId(id, 'member_not_found'), by, askingOf(request));
    }
    return (await this.#told.attend(act, requireId(id, 'post_not_found'), by, askingOf(request))).position;
  }
}
