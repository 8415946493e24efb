import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Operating } from '../../../acts/operating/operating.ts';
import { Frames } from '../../shell/frames.ts';
import { sendPage } from '../../shell/send-page.ts';
import { StatusPage } from './status-page.tsx';

/** The page that tells admins how the server is doing. */
@Controller('admin/status')
export class StatusController {
  readonly #frames: Frames;
  readonly #operating: Operating;

  constructor(@Inject(Frames) frames: Frames, @Inject(Operating) operating: Operating) {
    this.#frames = frames;
    this.#operating = operating;
  }

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const status = await this.#operating.status();
    await sendPage(h(StatusPage, { frame: this.#frames.of(request), status }), { request, reply });
  }
}
