import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  MOST_IN_SITEMAP,
  type SitemapPlace,
  sitemapParts,
  writeSitemap,
  writeSitemapIndex,
} from '../../../libs/feeds/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { GetArchive, GetNextOut, ListPostAddresses, ListTags } from '../../views/post-list/post-list.query-types.ts';
import { LIST_OF_POSTS } from '../../views/shown.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import { postHref, tagHref } from '../shell/addresses.ts';
import { KeptFiles, type ProgramFile } from './kept-files.ts';

/** Search engines take no longer address (sitemaps.org). */
const MOST_ADDRESS = 2_048;

/** The addresses that search engines may show: lists, posts, and the pages about the forum. */
@Controller()
export class SitemapController {
  readonly #queries: QueryBus;
  readonly #address: PublicAddress;
  readonly #site: SiteInMemory;
  readonly #kept: KeptFiles;

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(SITE) site: SiteInMemory,
    @Inject(KeptFiles) kept: KeptFiles,
  ) {
    this.#queries = queries;
    this.#address = address;
    this.#site = site;
    this.#kept = kept;
  }

  /** All addresses where one file has room for them, otherwise the list of the files that have them. */
  @Get('sitemap.xml')
  async all(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#kept.send(
      () =>
        this.#made(async (now) => {
          const lists = await this.#lists(now);
          const parts = sitemapParts({ lists: lists.length, posts: await this.#countPosts(now) });
          return parts === null
            ? writeSitemap([...lists, ...(await this.#posts(now, 0))])
            : writeSitemapIndex(parts.map((name) => this.#place(`/sitemap-${name}.xml`)));
        }),
      { request, reply },
    );
  }

  /** One of the files. Throws DomainError not_found. */
  @Get('sitemap-:part')
  async part(@Param('part') part: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const name = /^(lists|[1-9]\d{0,4})\.xml$/.exec(part)?.[1];
    if (name === undefined) throw new DomainError('not_found', 'There is no such list of addresses.');
    await this.#kept.send(
      () =>
        this.#made(async (now) => {
          const places = await (name === 'lists' ? this.#lists(now) : this.#posts(now, Number(name) - 1));
          if (places.length === 0) throw new DomainError('not_found', 'There is no such list of addresses.');
          return writeSitemap(places);
        }),
      { request, reply },
    );
  }

  /** All kept files are forgotten when a setting of the forum changes, so that only posts are named. */
  async #made(write: (now: string) => Promise<string>): Promise<ProgramFile> {
    const now = new Date().toISOString();
    const next = await this.#queries.execute(new GetNextOut(now));
    const until = next === null ? {} : { until: next };
    return { text: await write(now), type: 'application/xml', shows: [LIST_OF_POSTS], ...until };
  }

  /** The archive names the months with their numbers of posts. */
  async #countPosts(now: string): Promise<number> {
    const months = await this.#queries.execute(new GetArchive(now));
    return months.reduce((sum, { count }) => sum + count, 0);
  }

  async #lists(now: string): Promise<readonly SitemapPlace[]> {
    const { pages } = this.#site.now();
    const months = await this.#queries.execute(new GetArchive(now));
    const tags = await this.#queries.execute(new ListTags(now, MOST_IN_SITEMAP));
    return [
      '/',
      '/archive',
      ...[...new Set([...pages, 'privacy'])].map((page) => `/${page}`),
      ...months.map(({ month }) => `/archive/${month.replace('-', '/')}`),
      ...tags.map(tagHref),
    ]
      .map((path) => this.#place(path))
      .filter(fits)
      .slice(0, MOST_IN_SITEMAP);
  }

  async #posts(now: string, part: number): Promise<readonly SitemapPlace[]> {
    const page = { limit: MOST_IN_SITEMAP, offset: part * MOST_IN_SITEMAP };
    const posts = await this.#queries.execute(new ListPostAddresses(now, page));
    return posts.map((post) => this.#place(postHref(post), post.changedAt)).filter(fits);
  }

  #place(path: string, changedAt: string | null = null): SitemapPlace {
    return { url: this.#address.origin + path, changedAt };
  }
}

function fits({ url }: SitemapPlace): boolean {
  return url.length < MOST_ADDRESS;
}
