import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h, type JSX } from 'preact';
import { askingOf } from '../../access/asking.ts';
import { BeingTold } from '../../acts/being-told.ts';
import { Subscribing } from '../../acts/subscribing.ts';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { sendPage } from '../shell/send-page.ts';
import { LeaveNewsletterPage } from './leave-newsletter-page.tsx';
import { EVERY, LeavePage, type LeavePageProps } from './leave-page.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The links by which mails end, for people and for mail programs (RFC 8058): one press, without signing in. */
@Controller('leave')
export class LeaveController {
  readonly #frames: Frames;
  readonly #told: BeingTold;
  readonly #subscribing: Subscribing;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(BeingTold) told: BeingTold,
    @Inject(Subscribing) subscribing: Subscribing,
  ) {
    this.#frames = frames;
    this.#told = told;
    this.#subscribing = subscribing;
  }

  /** Mail scanners open links, so opening one changes nothing. */
  @Get(':token')
  async ask(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.#subscribing.subscriberIn(token) !== null) return this.#newsletter(token, false, { request, reply });
    await this.#show({ token, leaving: await this.#told.leaving(token), done: null }, { request, reply });
  }

  @Post(':token')
  @HttpCode(200)
  async leave(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const subscriberId = this.#subscribing.subscriberIn(token);
    if (subscriberId !== null) {
      await this.#subscribing.leave(subscriberId, askingOf(request));
      return this.#newsletter(token, true, { request, reply });
    }
    const leaving = await this.#told.leaving(token);
    const isEvery = textIn(request.body, 'every') === EVERY;
    if (isEvery) await this.#told.leaveEvery(leaving.memberId, askingOf(request));
    else await this.#told.leave(leaving, askingOf(request));
    await this.#show({ token, leaving, done: isEvery ? 'every' : 'these' }, { request, reply });
  }

  #newsletter(token: string, left: boolean, exchange: Exchange): Promise<void> {
    const frame = this.#frames.of(exchange.request, '/');
    return sendLeavePage(h(LeaveNewsletterPage, { frame, token, left }), exchange);
  }

  #show(shown: Omit<LeavePageProps, 'frame'>, exchange: Exchange): Promise<void> {
    return sendLeavePage(h(LeavePage, { ...shown, frame: this.#frames.of(exchange.request, '/') }), exchange);
  }
}

async function sendLeavePage(page: JSX.Element, { request, reply }: Exchange): Promise<void> {
  reply.header('x-robots-tag', 'noindex').header('referrer-policy', 'no-referrer');
  await sendPage(page, { request, reply });
}
