import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Frames } from '../../shell/frames.ts';
import { sendPage } from '../../shell/send-page.ts';
import { OverviewPage } from './overview-page.tsx';

/** The first page of admins: what they can do, and where. */
@Controller('admin')
export class OverviewController {
  readonly #frames: Frames;

  constructor(@Inject(Frames) frames: Frames) {
    this.#frames = frames;
  }

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendPage(h(OverviewPage, { frame: this.#frames.of(request) }), { request, reply });
  }
}
