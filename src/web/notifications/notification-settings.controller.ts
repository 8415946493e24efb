import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { NotificationChoice, NotificationPreferences } from '../../../libs/client/index.ts';
import { MAIL_WAYS, NOTIFICATION_KINDS, type NotificationWays } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { BeingTold } from '../../acts/being-told.ts';
import { Visiting } from '../../acts/visiting.ts';
import { GetNotificationPreferences } from '../../views/notifications/notifications.query-types.ts';
import { doneIn, pathDone } from '../shell/done.tsx';
import { mayModerate } from '../shell/frame.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf } from '../shell/typed.ts';
import { NotificationSettingsPage } from './notification-settings-page.tsx';

const PATH = '/settings/notifications';

/** What a member wants to be told of, and on which ways. */
@Controller('settings/notifications')
@UseInterceptors(ReadsOwnWrites)
export class NotificationSettingsController {
  readonly #frames: Frames;
  readonly #told: BeingTold;
  readonly #queries: QueryBus;
  readonly #visiting: Visiting;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(BeingTold) told: BeingTold,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Visiting) visiting: Visiting,
  ) {
    this.#frames = frames;
    this.#told = told;
    this.#queries = queries;
    this.#visiting = visiting;
  }

  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = this.#frames.of(request, PATH);
    const chosen = await this.#chosen(request);
    const keepsVisits = await this.#visiting.isKept(memberOf(request).memberId);
    const page = h(NotificationSettingsPage, { frame, chosen, keepsVisits, errors: {}, done: doneIn(query) });
    await sendPage(page, { request, reply });
  }

  @Post()
  async choose(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const before = await this.#chosen(request);
    const wish = choiceIn(form, before, mayModerate(memberOf(request)));
    try {
      const { position } = await this.#told.choose(wish, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(pathDone(PATH, 'chosen'), position), 303);
    } catch (error) {
      const frame = this.#frames.of(request, PATH);
      const errors = fieldErrorsOf(error, frame.translator);
      const keepsVisits = await this.#visiting.isKept(memberOf(request).memberId);
      const chosen = { ...before, ...wish };
      const page = h(NotificationSettingsPage, { frame, chosen, keepsVisits, errors, done: null });
      await sendPage(page, { request, reply, status: statusOf(error) });
    }
  }

  @Post('visits')
  async turnVisits(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const position = await this.#visiting.turn(textIn(form, 'kept') === '1', memberOf(request), askingOf(request));
    const path = pathDone(PATH, 'chosen');
    reply.redirect(position === 0n ? path : pathAfter(path, position), 303);
  }

  #chosen(request: FastifyRequest): Promise<NotificationPreferences> {
    return this.#queries.execute(new GetNotificationPreferences(memberOf(request).memberId));
  }
}

/** Push, which the page does not show, stays as it is. */
function choiceIn(
  form: unknown,
  before: NotificationPreferences,
  isModerating: boolean,
): Required<NotificationChoice> & { readonly ways: NotificationWays } {
  const ways = Object.fromEntries(
    NOTIFICATION_KINDS.filter((kind) => kind !== 'queue' || isModerating).map((kind) => [
      kind,
      [
        ...(textIn(form, `${kind}.inbox`) === '1' ? ['inbox' as const] : []),
        ...MAIL_WAYS.filter((way) => textIn(form, `${kind}.mails`) === way),
        ...before.ways[kind].filter((way) => way === 'push'),
      ],
    ]),
  );
  const [from, to] = [textIn(form, 'from').trim(), textIn(form, 'to').trim()];
  return {
    ways: { ...before.ways, ...ways },
    followOwn: textIn(form, 'followOwn') === '1',
    quietHours: from === '' && to === '' ? null : { from, to },
    timeZone: textIn(form, 'zone').trim() || null,
  };
}
