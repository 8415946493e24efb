import { Controller, Get, Inject, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError } from '../../../libs/kernel/index.ts';
import { renderPostAside } from '../../../libs/markdown/index.ts';
import type { SitePage } from '../../../libs/words/index.ts';
import { GetSite } from '../../views/site/site.query-types.ts';
import type { Frame } from '../shell/frame.ts';
import { Frames } from '../shell/frames.ts';
import { KeptPages, type MadePage, sharedKey } from '../shell/kept-pages.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { WrittenSitePage } from './site-page.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The pages about the forum. What admins did not write does not exist, but the page on privacy has a text of its own. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class SitePagesController {
  readonly #frames: Frames;
  readonly #queries: QueryBus;
  readonly #kept: KeptPages;

  constructor(@Inject(Frames) frames: Frames, @Inject(QueryBus) queries: QueryBus, @Inject(KeptPages) kept: KeptPages) {
    this.#frames = frames;
    this.#queries = queries;
    this.#kept = kept;
  }

  @Get('about')
  about(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send('about', { request, reply });
  }

  @Get('rules')
  rules(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send('rules', { request, reply });
  }

  @Get('privacy')
  privacy(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send('privacy', { request, reply });
  }

  @Get('imprint')
  imprint(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send('imprint', { request, reply });
  }

  async #send(page: SitePage, exchange: Exchange): Promise<void> {
    const frame = this.#frames.of(exchange.request);
    const key = sharedKey(frame, `/${page}`);
    if (key === null) await sendPage((await this.#made(page, frame)).page, exchange);
    else await this.#kept.send(key, () => this.#made(page, frame), exchange);
  }

  /** All kept pages are forgotten when a setting of the forum changes, so that these name nothing that they show. */
  async #made(page: SitePage, frame: Frame): Promise<MadePage> {
    const { pages } = await this.#queries.execute(new GetSite());
    const text = pages[page];
    if (text === null && page !== 'privacy') throw new DomainError('not_found', 'This forum has no such page.');
    const html = text === null ? null : await renderPostAside(text);
    return { page: h(WrittenSitePage, { frame, page, html }), shows: [] };
  }
}
