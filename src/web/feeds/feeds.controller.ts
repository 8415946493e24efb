import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FEED_FILES, FEED_TYPES, type FeedContents, type FeedFormat, writeFeed } from '../../../libs/feeds/index.ts';
import { Feeds, type MadeFeed } from './feeds.ts';
import { KeptFiles } from './kept-files.ts';

const FILES = [FEED_FILES.rss, FEED_FILES.atom, FEED_FILES.json];

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The feeds of the forum, its tags, posts and members, each in three formats; programs of other sites read them too. */
@Controller()
export class FeedsController {
  readonly #feeds: Feeds;
  readonly #kept: KeptFiles;

  constructor(@Inject(Feeds) feeds: Feeds, @Inject(KeptFiles) kept: KeptFiles) {
    this.#feeds = feeds;
    this.#kept = kept;
  }

  @Get(FILES)
  site(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send(() => this.#feeds.ofSite(), { request, reply });
  }

  @Get(FILES.map((file) => `tags/:tag/${file}`))
  tag(@Param('tag') tag: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send(() => this.#feeds.ofTag(tag), { request, reply });
  }

  @Get(FILES.map((file) => `posts/:slug/${file}`))
  post(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send(() => this.#feeds.ofPost(slug), { request, reply });
  }

  @Get(FILES.map((file) => `members/:handle/${file}`))
  member(@Param('handle') handle: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send(() => this.#feeds.ofMember(handle), { request, reply });
  }

  #send(make: () => Promise<MadeFeed>, exchange: Exchange): Promise<void> {
    const format = formatOf(exchange.request.routeOptions.url ?? '');
    return this.#kept.send(async () => {
      const { feed, ...rest } = await make();
      const headers = { 'access-control-allow-origin': '*', ...hubHeaders(format, feed) };
      return { text: await writeFeed(format, feed), type: FEED_TYPES[format], headers, ...rest };
    }, exchange);
  }
}

/** Subscribers look for both in the headers first (WebSub, 4). */
function hubHeaders(format: FeedFormat, { hub, self }: FeedContents): Readonly<Record<string, string>> {
  return hub === null ? {} : { link: `<${hub}>; rel="hub", <${self[format]}>; rel="self"` };
}

function formatOf(route: string): FeedFormat {
  if (route.endsWith(FEED_FILES.atom)) return 'atom';
  return route.endsWith(FEED_FILES.json) ? 'json' : 'rss';
}
