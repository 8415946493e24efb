import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { AskedAddresses } from '../../access/sign-in/asked-addresses.ts';
import { AccountLinks } from '../../acts/account-links.ts';
import { pathDone } from '../shell/done.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, email, isFine } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import { ownPath, pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf } from '../shell/typed.ts';
import { ASKED_LINKS, type AskedLink, AskForLinkPage } from './link-pages.tsx';
import { withNext } from './with-next.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Asking for mails with links: a forgotten password, signing in without one, an address to confirm. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class AskLinksPagesController {
  readonly #frames: Frames;
  readonly #links: AccountLinks;
  readonly #addresses: AskedAddresses;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(AccountLinks) links: AccountLinks,
    @Inject(AskedAddresses) addresses: AskedAddresses,
  ) {
    this.#frames = frames;
    this.#links = links;
    this.#addresses = addresses;
  }

  @Get('forgot')
  forgotForm(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#show('reset', { fields: query, errors: {}, status: 200 }, { request, reply });
  }

  @Post('forgot')
  forgot(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#ask('reset', form, { request, reply });
  }

  @Get('sign-in/link')
  linkForm(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#show('sign-in', { fields: query, errors: {}, status: 200 }, { request, reply });
  }

  @Post('sign-in/link')
  link(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#ask('sign-in', form, { request, reply });
  }

  @Post('settings/confirmation')
  async confirmation(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const position = await this.#links.askConfirmation(memberOf(request), askingOf(request));
    reply.redirect(pathAfter(pathDone('/settings', 'confirmationSent'), position), 303);
  }

  async #ask(asked: AskedLink, form: unknown, exchange: Exchange): Promise<void> {
    const { translator } = this.#frames.of(exchange.request);
    const errors = checked(form, { email }, translator);
    if (!isFine(errors)) return this.#show(asked, { fields: form, errors, status: 400 }, exchange);
    const next = ownPath(textIn(form, 'next'));
    const typed = textIn(form, 'email').trim();
    try {
      const wish = { purpose: asked, email: typed, next };
      await this.#links.ask(wish, askingOf(exchange.request));
    } catch (error) {
      const refused = { fields: form, errors: fieldErrorsOf(error, translator), status: statusOf(error) };
      return this.#show(asked, refused, exchange);
    }
    this.#addresses.keep(exchange.reply, typed);
    exchange.reply.redirect(withNext(ASKED_LINKS[asked].path, next, { sent: '1' }), 303);
  }

  #show(
    asked: AskedLink,
    shown: { readonly fields: unknown; readonly errors: FieldErrors; readonly status: number },
    { request, reply }: Exchange,
  ): Promise<void> {
    const { fields, errors, status } = shown;
    const page = h(AskForLinkPage, {
      frame: this.#frames.of(request, ASKED_LINKS[asked].path),
      asked,
      email: textIn(fields, 'again') === '1' ? this.#addresses.in(request) : textIn(fields, 'email'),
      next: ownPath(textIn(fields, 'next')),
      errors,
      sent: textIn(fields, 'sent') === '1' && isFine(errors),
    });
    return sendPage(page, { request, reply, status });
  }
}
