import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, isUuid } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { Mailing } from '../../../acts/mailing.ts';
import { doneIn, pathDone } from '../../shell/done.tsx';
import { Frames } from '../../shell/frames.ts';
import { pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { sendPage } from '../../shell/send-page.ts';
import { MailPage } from './mail-page.tsx';
import { OutboxPage, type ShownPlace } from './outbox-page.tsx';

const HERE = '/admin/outbox';

/**
 * A mail's HTML runs no script and loads nothing, whoever wrote the file: the frame has an origin of its own, and links
 * open beside the page without telling where they were.
 */
const SHOWN_MAIL = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox",
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;
const RAW_MAIL = {
  'content-type': 'text/plain; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/** The mails of the forum, for admins. */
@Controller('admin/outbox')
@UseInterceptors(ReadsOwnWrites)
export class OutboxController {
  readonly #frames: Frames;
  readonly #mailing: Mailing;

  constructor(@Inject(Frames) frames: Frames, @Inject(Mailing) mailing: Mailing) {
    this.#frames = frames;
    this.#mailing = mailing;
  }

  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const before = textIn(query, 'before') || null;
    const place = this.#place();
    const [trouble, filed, recorded] = await Promise.all([
      this.#mailing.trouble(),
      place.folder === null ? null : this.#mailing.filed(before),
      place.folder === null ? this.#mailing.recorded(before) : null,
    ]);
    const frame = this.#frames.of(request, HERE);
    const page = h(OutboxPage, { frame, place, trouble, filed, recorded, done: doneIn(query) });
    await sendPage(page, { request, reply });
  }

  @Post('tests')
  async test(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const position = await this.#mailing.askTest(memberOf(request), askingOf(request));
    reply.redirect(pathAfter(pathDone(HERE, 'mailed'), position), 303);
  }

  /** One mail, or all that the page names. */
  @Post('retries')
  async retry(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const mail = textIn(form, 'mail');
    if (mail !== 'all' && !isUuid(mail)) throw new DomainError('not_found', 'There is no such mail.');
    const asking = askingOf(request);
    const position =
      mail === 'all'
        ? await this.#mailing.retryAll(memberOf(request), asking)
        : await this.#mailing.retry(mail, memberOf(request), asking);
    const done = pathDone(HERE, 'retried');
    reply.redirect(position === null ? HERE : pathAfter(done, position), 303);
  }

  @Get(':name')
  async mail(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const mail = await this.#mailing.read(name, memberOf(request));
    reply.header('referrer-policy', 'no-referrer');
    await sendPage(h(MailPage, { frame: this.#frames.of(request), name, mail }), { request, reply });
  }

  /** What the frame of the page shows. */
  @Get(':name/html')
  async html(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { html } = await this.#mailing.read(name, memberOf(request));
    if (html === null) throw new DomainError('not_found', 'This mail has no HTML.');
    reply.headers(SHOWN_MAIL).send(html.replace('<head>', '<head><base target="_blank">'));
  }

  @Get(':name/raw')
  async raw(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { raw } = await this.#mailing.read(name, memberOf(request));
    reply.headers(RAW_MAIL).send(raw);
  }

  #place(): ShownPlace {
    const { folder, server, from } = this.#mailing.place;
    const { name, address } = from();
    return { folder: folder?.folder ?? null, server, from: `${name} <${address}>` };
  }
}
