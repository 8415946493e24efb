import { Controller, Get, HttpCode, Inject, Param, Patch, Post as PostMethod, Put, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type {
  ArchiveMonth,
  Comment,
  Discussion,
  Page,
  Post,
  PostSummary,
  RecentComment,
} from '../../../../libs/client/index.ts';
import { DomainError, requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { viewerOf } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { Editing } from '../../../acts/editing.ts';
import { unlessGone } from '../../../acts/unless-gone.ts';
import { FindMoved, GetArchive, GetPost, ListPosts } from '../../../views/post-list/post-list.query-types.ts';
import { SITE, type SiteInMemory, siteNameOf } from '../../../views/site/site.query-types.ts';
import { GetRecentComments } from '../../../views/thread/thread.query-types.ts';
import { Input, NoInput, QueryInput } from '../../input/input.ts';
import { PostListQuery, pageOf, SiteListQuery } from '../dto/lists.ts';
import { DiscussionBody, EditPostBody, PublishBody } from '../dto/posts.ts';
import { keepPrivate, tellWritten } from './answers.ts';

const USUAL_POSTS = 20;

@Controller('api/v1/posts')
export class PostsController {
  readonly #editing: Editing;
  readonly #queries: QueryBus;
  readonly #site: SiteInMemory;

  constructor(
    @Inject(Editing) editing: Editing,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(SITE) site: SiteInMemory,
  ) {
    this.#site = site;
    this.#editing = editing;
    this.#queries = queries;
  }

  @Get()
  list(
    @QueryInput(PostListQuery) query: PostListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<PostSummary>> {
    if (request.principal !== null) keepPrivate(reply);
    const { month, tag, q, kind } = query;
    const filter = {
      ...(month === undefined ? {} : { month }),
      ...(tag === undefined ? {} : { tag }),
      ...(q === undefined ? {} : { q }),
      ...(kind === undefined ? {} : { kind }),
    };
    const page = pageOf(query, USUAL_POSTS);
    return this.#queries.execute(new ListPosts(filter, page, viewerOf(request.principal), new Date().toISOString()));
  }

  @Get('archive')
  archive(): Promise<readonly ArchiveMonth[]> {
    return this.#queries.execute(new GetArchive(new Date().toISOString()));
  }

  @Get('recent-comments')
  async recentComments(@QueryInput(SiteListQuery) query: SiteListQuery): Promise<Page<RecentComment>> {
    const { limit, cursor } = pageOf(query, USUAL_POSTS);
    const { items, next } = await this.#queries.execute(new GetRecentComments(limit, cursor, query.site ?? null));
    return { items: await Promise.all(items.map((comment) => this.#placed(comment))), next };
  }

  async #placed(comment: Comment): Promise<RecentComment> {
    const { id, slug, title, locale, url } = await this.#queries.execute(
      new GetPost(comment.postId, null, new Date().toISOString()),
    );
    const there = url === undefined ? {} : { url, site: siteNameOf(this.#site.now(), url) };
    return { comment, post: { id, slug, title, locale, ...there } };
  }

  @Get(':idOrSlug')
  async byIdOrSlug(
    @Param('idOrSlug') idOrSlug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Post | undefined> {
    if (request.principal !== null) keepPrivate(reply);
    const [viewer, now] = [viewerOf(request.principal), new Date().toISOString()];
    const post = await unlessGone(this.#queries.execute(new GetPost(idOrSlug, viewer, now)));
    if (post !== null) return post;
    const moved = await this.#queries.execute(new FindMoved(`/posts/${encodeURIComponent(idOrSlug)}`, viewer, now));
    if (moved?.path.startsWith('/posts/') !== true) throw new DomainError('post_not_found', 'There is no such post.');
    return void reply.header('cache-control', 'no-store').redirect(`/api/v1${moved.path}`, 301);
  }

  @PostMethod()
  @HttpCode(201)
  async publish(
    @Input(PublishBody) body: PublishBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Post> {
    const { thing, position } = await this.#editing.publish(body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return thing;
  }

  @Patch(':id')
  async edit(
    @Param('id') id: string,
    @Input(EditPostBody) body: EditPostBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Post> {
    const postId = requireId(id, 'post_not_found');
    const { thing, position } = await this.#editing.edit(postId, body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return thing;
  }

  @PostMethod(':id/withdraw')
  @HttpCode(200)
  async withdraw(
    @Param('id') id: string,
    @NoInput() _body: undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Post> {
    const postId = requireId(id, 'post_not_found');
    const { thing, position } = await this.#editing.withdraw(postId, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return thing;
  }

  @PostMethod(':id/bring-back')
  @HttpCode(200)
  async bringBack(
    @Param('id') id: string,
    @NoInput() _body: undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Post> {
    const postId = requireId(id, 'post_not_found');
    const { thing, position } = await this.#editing.bringBack(postId, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return thing;
  }

  @Put(':id/discussion')
  async setDiscussion(
    @Param('id') id: string,
    @Input(DiscussionBody) body: DiscussionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Discussion> {
    const postId = requireId(id, 'post_not_found');
    const { thing, position } = await this.#editing.setDiscussion(postId, body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return thing;
  }
}
