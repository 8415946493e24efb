import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { type Position, requireId } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { Devices } from '../../acts/devices.ts';
import { type DoneAct, doneIn, pathDone } from '../shell/done.tsx';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { DevicesPage } from './devices-page.tsx';

const DEVICES_A_PAGE = 50;
const PATH = '/settings/devices';

/** The devices on which a member is signed in. */
@Controller('settings/devices')
@UseInterceptors(ReadsOwnWrites)
export class DevicesPagesController {
  readonly #frames: Frames;
  readonly #devices: Devices;

  constructor(@Inject(Frames) frames: Frames, @Inject(Devices) devices: Devices) {
    this.#frames = frames;
    this.#devices = devices;
  }

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const cursor = textIn(query, 'cursor') || null;
    const sessions = await this.#devices.list(memberOf(request), { limit: DEVICES_A_PAGE, cursor });
    const frame = this.#frames.of(request, PATH);
    await sendPage(h(DevicesPage, { frame, sessions, done: doneIn(query) }), { request, reply });
  }

  @Post(':id/end')
  async end(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const principal = memberOf(request);
    if (id === 'others')
      return tellDone(reply, 'othersEnded', await this.#devices.endOthers(principal, askingOf(request)));
    requireId(id, 'session_not_found');
    return tellDone(reply, 'sessionEnded', await this.#devices.end(principal, id, askingOf(request)));
  }
}

function tellDone(reply: FastifyReply, done: DoneAct, position: Position): void {
  reply.redirect(pathAfter(pathDone(PATH, done), position), 303);
}
