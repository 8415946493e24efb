import { Controller, Get, Inject, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError } from '../../../libs/kernel/index.ts';
import { ListSitePages, ListSites } from '../../views/post-list/post-list.query-types.ts';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { SitePagesPage, SitesPage } from './sites-page.tsx';

const PAGES_A_PAGE = 50;
const NONE = { items: [], next: null } as const;

/** The pages of other sites that are discussed here: no list of posts has them. */
@Controller('archive/sites')
@UseInterceptors(ReadsOwnWrites)
export class SitesController {
  readonly #frames: Frames;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#queries = queries;
  }

  /** The sites, or with `site` the pages of one. */
  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = this.#frames.of(request);
    const now = new Date().toISOString();
    const site = textIn(query, 'site');
    if (site === '') {
      const sites = await this.#queries.execute(new ListSites(now));
      return sendPage(h(SitesPage, { frame, sites }), { request, reply });
    }
    const cursor = textIn(query, 'cursor') || null;
    const pages = isOrigin(site)
      ? await this.#queries.execute(new ListSitePages(site, { limit: PAGES_A_PAGE, cursor }, now))
      : NONE;
    if (pages.items.length === 0 && cursor === null)
      throw new DomainError('not_found', 'No page of such a site is discussed here.');
    await sendPage(h(SitePagesPage, { frame, site, pages, isFirst: cursor === null }), { request, reply });
  }
}

/** Whole, and not a beginning that many have. */
function isOrigin(site: string): boolean {
  return URL.canParse(site) && new URL(site).origin === site;
}
