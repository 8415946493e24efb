import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { Subscribing } from '../../acts/subscribing.ts';
import { NEWSLETTER_PATH } from '../shell/addresses.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, email, isFine } from '../shell/form-checks.ts';
import type { Frame } from '../shell/frame.ts';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsNotices } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf } from '../shell/typed.ts';
import { NewsletterPage } from './newsletter-page.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Where readers ask for the newsletter; there is no such page where the site has none. */
@Controller('newsletter')
@UseInterceptors(ReadsNotices)
export class NewsletterController {
  readonly #frames: Frames;
  readonly #subscribing: Subscribing;

  constructor(@Inject(Frames) frames: Frames, @Inject(Subscribing) subscribing: Subscribing) {
    this.#frames = frames;
    this.#subscribing = subscribing;
  }

  @Get()
  form(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#show({ fields: query, errors: {}, status: 200 }, { request, reply });
  }

  @Post()
  async ask(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { translator } = this.#frameOf(request);
    const errors = checked(form, { email }, translator);
    if (!isFine(errors)) return this.#show({ fields: form, errors, status: 400 }, { request, reply });
    try {
      const locale = textIn(form, 'locale') || translator.locale;
      const wish = { email: textIn(form, 'email').trim(), locale };
      await this.#subscribing.ask(wish, askingOf(request));
    } catch (error) {
      const refused = { fields: form, errors: fieldErrorsOf(error, translator), status: statusOf(error) };
      return this.#show(refused, { request, reply });
    }
    reply.redirect(`${NEWSLETTER_PATH}?sent=1`, 303);
  }

  /** Throws DomainError not_found. */
  #frameOf(request: FastifyRequest): Frame {
    const frame = this.#frames.of(request, NEWSLETTER_PATH);
    if (!frame.site.newsletter) throw new DomainError('not_found', 'This forum has no newsletter.');
    return frame;
  }

  #show(
    { fields, errors, status }: { readonly fields: unknown; readonly errors: FieldErrors; readonly status: number },
    { request, reply }: Exchange,
  ): Promise<void> {
    const sent = textIn(fields, 'sent') === '1' && isFine(errors);
    const page = h(NewsletterPage, { frame: this.#frameOf(request), email: textIn(fields, 'email'), errors, sent });
    return sendPage(page, { request, reply, status });
  }
}
