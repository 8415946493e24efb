import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { NotificationChoice, NotificationPreferences } from '../../../libs/client/index.ts';
import { requireId } from '../../../libs/kernel/index.ts';
import { MAIL_WAYS, NOTIFICATION_KINDS, type NotificationWays } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { BeingTold } from '../../acts/being-told.ts';
import { OwnPushDevices } from '../../acts/push-devices.ts';
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
  readonly #devices: OwnPushDevices;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(BeingTold) told: BeingTold,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Visiting) visiting: Visiting,
    @Inject(OwnPushDevices) devices: OwnPushDevices,
  ) {
    this.#frames = frames;
    this.#told = told;
    this.#queries = queries;
    this.#visiting = visiting;
    this.#devices = devices;
  }

  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const shown = { ...(await this.#shown(request)), errors: {}, done: doneIn(query) };
    await sendPage(h(NotificationSettingsPage, shown), { request, reply });
  }

  @Post()
  async choose(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const shown = await this.#shown(request);
    const wish = choiceIn(form, shown.chosen, mayModerate(memberOf(request)));
    try {
      const { position } = await this.#told.choose(wish, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(pathDone(PATH, 'chosen'), position), 303);
    } catch (error) {
      const isHalf = wish.quietHours !== null && (wish.quietHours?.from === '') !== (wish.quietHours?.to === '');
      const errors = fieldErrorsOf(error, shown.frame.translator, isHalf ? { quietHours: 'field.bothTimes' } : {});
      const page = { ...shown, chosen: { ...shown.chosen, ...wish }, errors, done: null };
      await sendPage(h(NotificationSettingsPage, page), { request, reply, status: statusOf(error) });
    }
  }

  @Post('devices/:id/remove')
  async removeDevice(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const device = requireId(id, 'not_found');
    const position = await this.#devices.remove(device, memberOf(request), askingOf(request));
    reply.redirect(pathAfter(pathDone(PATH, 'pushRemoved'), position), 303);
  }

  @Post('visits')
  async turnVisits(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const position = await this.#visiting.turn(textIn(form, 'kept') === '1', memberOf(request), askingOf(request));
    const path = pathDone(PATH, 'chosen');
    reply.redirect(position === 0n ? path : pathAfter(path, position), 303);
  }

  async #shown(request: FastifyRequest) {
    const member = memberOf(request);
    const chosen = await this.#queries.execute(new GetNotificationPreferences(member.memberId));
    const keepsVisits = await this.#visiting.isKept(member.memberId);
    const push = await this.#devices.list(member);
    return { frame: this.#frames.of(request, PATH), chosen, keepsVisits, push };
  }
}

/** Kinds that the page does not show stay as they are. */
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
        ...(textIn(form, `${kind}.push`) === '1' ? ['push' as const] : []),
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
