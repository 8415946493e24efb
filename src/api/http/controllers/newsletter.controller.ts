import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askingOf } from '../../../access/asking.ts';
import { Subscribing } from '../../../acts/subscribing.ts';
import { Input } from '../../input/input.ts';
import { SubscriptionBody } from '../dto/newsletter.ts';
import { tellWritten } from './answers.ts';

/** Asking for the newsletter; the same answer for every address. */
@Controller('api/v1/newsletter')
export class NewsletterApiController {
  readonly #subscribing: Subscribing;

  constructor(@Inject(Subscribing) subscribing: Subscribing) {
    this.#subscribing = subscribing;
  }

  @Post('subscriptions')
  @HttpCode(202)
  async subscribe(
    @Input(SubscriptionBody) wish: SubscriptionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    tellWritten(reply, await this.#subscribing.ask(wish, askingOf(request)));
  }
}
