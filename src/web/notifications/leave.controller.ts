import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { askingOf } from '../../access/asking.ts';
import { BeingTold } from '../../acts/being-told.ts';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { sendPage } from '../shell/send-page.ts';
import { EVERY, LeavePage, type LeavePageProps } from './leave-page.tsx';

/** The links by which mails end, for people and for mail programs (RFC 8058): one press, without signing in. */
@Controller('leave')
export class LeaveController {
  readonly #frames: Frames;
  readonly #told: BeingTold;

  constructor(@Inject(Frames) frames: Frames, @Inject(BeingTold) told: BeingTold) {
    this.#frames = frames;
    this.#told = told;
  }

  /** Mail scanners open links, so opening one changes nothing. */
  @Get(':token')
  async ask(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#show({ token, leaving: await this.#told.leaving(token), done: null }, { request, reply });
  }

  @Post(':token')
  @HttpCode(200)
  async leave(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const leaving = await this.#told.leaving(token);
    const isEvery = textIn(request.body, 'every') === EVERY;
    if (isEvery) await this.#told.leaveEvery(leaving.memberId, askingOf(request));
    else await this.#told.leave(leaving, askingOf(request));
    await this.#show({ token, leaving, done: isEvery ? 'every' : 'these' }, { request, reply });
  }

  async #show(
    shown: Omit<LeavePageProps, 'frame'>,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    reply.header('x-robots-tag', 'noindex').header('referrer-policy', 'no-referrer');
    await sendPage(h(LeavePage, { ...shown, frame: this.#frames.of(request, '/') }), { request, reply });
  }
}
