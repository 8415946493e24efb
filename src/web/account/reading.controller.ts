import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { readLanguages, TEXT_LANGUAGES, TRANSLATION_PLACES } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { ownPath } from '../../access/own-path.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { OwnAccount } from '../../acts/own-account.ts';
import { Frames } from '../shell/frames.ts';
import { oneOf } from '../shell/one-of.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { keepReading } from '../shell/read-languages.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { ReadingPage } from './reading-page.tsx';

/** Which languages a reader reads, and where it wants translations of others: a member's settings, and anybody else's cookie. */
@Controller('languages')
@UseInterceptors(ReadsOwnWrites)
export class ReadingController {
  readonly #frames: Frames;
  readonly #own: OwnAccount;
  readonly #address: PublicAddress;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(OwnAccount) own: OwnAccount,
    @Inject(PublicAddress) address: PublicAddress,
  ) {
    this.#frames = frames;
    this.#own = own;
    this.#address = address;
  }

  @Get()
  async form(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const page = h(ReadingPage, { frame: this.#frames.of(request), next: ownPath(textIn(query, 'next')), errors: {} });
    await sendPage(page, { request, reply });
  }

  @Post()
  async choose(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const next = ownPath(textIn(form, 'next'));
    const reads = readLanguages(TEXT_LANGUAGES.filter((code) => textIn(form, `reads-${code}`) === '1'));
    const translationsShown = oneOf(TRANSLATION_PLACES, textIn(form, 'translations')) ?? 'asked';
    // Translations are into the languages that somebody reads: without one there is nothing to show.
    if (reads === null && translationsShown !== 'asked') {
      const frame = { ...this.#frames.of(request, '/languages'), reads, translationsShown };
      const errors = { '': frame.translator.t('reads.choose') };
      return sendPage(h(ReadingPage, { frame, next, errors }), { request, reply, status: 400 });
    }
    if (request.principal === null) {
      keepReading(reply, { reads, translationsShown }, this.#address);
      return void reply.redirect(next, 303);
    }
    const wish = { reads: reads ?? [], translationsShown };
    const { position } = await this.#own.change(request.principal, wish, askingOf(request));
    reply.redirect(pathAfter(next, position), 303);
  }
}
