import { createHash } from 'node:crypto';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import type { Comment, Post } from '../../../libs/client/index.ts';
import { isAmong } from '../../../libs/compression/index.ts';
import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { unlessGone } from '../../acts/unless-gone.ts';
import { FindMoved, GetPost } from '../../views/post-list/post-list.query-types.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import { GetComment } from '../../views/thread/thread.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { textIn } from '../shell/paths.ts';
import { QuotedComment, QuotedPost } from './quoted.tsx';

/** Pixels of a quotation, unless less is asked for. */
const [WIDTH, HEIGHT] = [600, 300];

/**
 * Quotations of posts and single comments for other sites, as oEmbed 1.0 has them, of type `rich`. Whoever keeps one asks
 * each time whether it still stands, since what it quotes may be hidden or erased.
 */
@Controller('oembed')
export class OEmbedController {
  readonly #queries: QueryBus;
  readonly #address: PublicAddress;
  readonly #site: SiteInMemory;

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(SITE) site: SiteInMemory,
  ) {
    this.#queries = queries;
    this.#address = address;
    this.#site = site;
  }

  /** Throws DomainError post_not_found, comment_not_found, and not_found for another address. */
  @Get()
  async quote(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.header('access-control-allow-origin', '*');
    const format = textIn(query, 'format');
    if (format !== '' && format !== 'json') {
      reply.code(501).send({ error: 'Only json is spoken here.' });
      return;
    }
    const path = this.#pathOf(textIn(query, 'url'), request.headers.host);
    const { post, comment, html } = await this.#quoted(path);
    const quotation = JSON.stringify({
      version: '1.0',
      type: 'rich',
      title: post.title,
      ...authorOf(comment ?? post),
      provider_name: this.#site.now().name,
      provider_url: this.#address.origin,
      html,
      width: atMost(WIDTH, textIn(query, 'maxwidth')),
      height: atMost(HEIGHT, textIn(query, 'maxheight')),
    });
    const etag = `"${createHash('sha256').update(quotation).digest('base64url')}"`;
    reply.header('cache-control', 'no-cache').header('etag', etag);
    if (isAmong(request.headers['if-none-match'], etag)) reply.code(304).send();
    else reply.type('application/json; charset=utf-8').send(quotation);
  }

  #pathOf(url: string, host: string | undefined): string {
    const parsed = URL.parse(url);
    if (parsed !== null && this.#address.isOwn(parsed.origin, host)) {
      const named = /^#comment-([0-9a-f-]{36})$/.exec(parsed.hash)?.[1];
      return named === undefined ? parsed.pathname : `/comments/${named}`;
    }
    throw new DomainError('not_found', 'This is no address of this forum.');
  }

  async #quoted(path: string): Promise<{ post: Post; comment?: Comment; html: string }> {
    const [, kind, name = ''] = /^\/(posts|comments)\/([^/]+)\/?$/.exec(path) ?? [];
    const { origin } = this.#address;
    if (kind === 'comments' && isUuid(name)) {
      const comment = await this.#queries.execute(new GetComment(name, null));
      const post = await this.#post(comment.postId);
      return { post, comment, html: render(h(QuotedComment, { comment, post, href: `${origin}/comments/${name}` })) };
    }
    if (kind !== 'posts') throw new DomainError('not_found', 'Only posts and comments are quoted.');
    const post = await this.#named(decoded(name));
    return { post, html: render(h(QuotedPost, { post, href: origin + postHref(post) })) };
  }

  /** An address of before is quoted as the post that it leads to. */
  async #named(slug: string): Promise<Post> {
    const post = await unlessGone(this.#post(slug));
    if (post !== null) return post;
    const moved = new FindMoved(`/posts/${encodeURIComponent(slug)}`, null, new Date().toISOString());
    const path = (await this.#queries.execute(moved))?.path ?? '';
    return this.#post(decoded(/^\/posts\/([^/]+)$/.exec(path)?.[1] ?? slug));
  }

  #post(idOrSlug: string): Promise<Post> {
    return this.#queries.execute(new GetPost(idOrSlug, null, new Date().toISOString()));
  }
}

/** In pixels; what is no number asks for nothing. */
function atMost(usual: number, wished: string): number {
  return Math.max(1, Math.min(usual, Math.trunc(Number(wished)) || usual));
}

function authorOf({ author }: Pick<Post, 'author'>): { readonly author_name?: string } {
  return author === null ? {} : { author_name: author.displayName };
}

/** A name that is no UTF-8 is nobody's. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
