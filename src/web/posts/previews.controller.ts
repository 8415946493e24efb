import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, isUuid, requireId } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { memberOf } from '../../access/request.ts';
import { PostDrafting } from '../../acts/post-drafting.ts';
import { SharingPreviews } from '../../acts/sharing-previews.ts';
import { unlessGone } from '../../acts/unless-gone.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { Frames } from '../shell/frames.ts';
import { oneOf } from '../shell/one-of.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { secretAddress } from '../shell/secret-address.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf } from '../shell/typed.ts';
import { PreviewLinksPage, PreviewOverPage, PreviewPage, previewLinksPath } from './preview-pages.tsx';
import { editPath, writePath } from './write-pages.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Shown {
  readonly errors?: FieldErrors;
  readonly done?: 'shared' | 'ended' | null;
  readonly status?: number;
}

/** Posts before they are published, for whoever has a link; and the links, for editors. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class PreviewPagesController {
  readonly #frames: Frames;
  readonly #previews: SharingPreviews;
  readonly #drafts: PostDrafting;
  readonly #queries: QueryBus;
  readonly #address: PublicAddress;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(SharingPreviews) previews: SharingPreviews,
    @Inject(PostDrafting) drafts: PostDrafting,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(PublicAddress) address: PublicAddress,
  ) {
    this.#frames = frames;
    this.#previews = previews;
    this.#drafts = drafts;
    this.#queries = queries;
    this.#address = address;
  }

  /** The address is a secret, so it goes into no link of the page. */
  @Get('preview/:token')
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.headers(secretAddress(this.#address, request.host));
    const frame = this.#frames.of(request, '/');
    const post = await this.#previews.read(token);
    if (post !== null) return sendPage(h(PreviewPage, { frame, post }), { request, reply });
    const published = await this.#previews.publishedBehind(token);
    await sendPage(h(PreviewOverPage, { frame, published }), { request, reply, status: 404 });
  }

  @Get('write/:id/links')
  async links(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const done = oneOf(['shared', 'ended'] as const, textIn(query, 'done')) ?? null;
    await this.#send(requireId(id, 'post_not_found'), { done }, { request, reply });
  }

  @Post('write/:id/links')
  async change(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const postId = requireId(id, 'post_not_found');
    const ended = textIn(form, 'end');
    const [by, asking] = [memberOf(request), askingOf(request)];
    try {
      const position = isUuid(ended)
        ? await this.#previews.end(ended, by, asking)
        : (await this.#previews.share(postId, daysIn(form), by, asking)).position;
      const path = `${previewLinksPath(postId)}?done=${isUuid(ended) ? 'ended' : 'shared'}`;
      reply.redirect(pathAfter(path, position), 303);
    } catch (error) {
      if (!(error instanceof DomainError && ['conflict', 'invalid'].includes(error.code))) throw error;
      const { t } = this.#frames.of(request).translator;
      const days = error.code === 'invalid' ? t('preview.wrongDays') : t('preview.refused');
      await this.#send(postId, { errors: { days }, status: statusOf(error) }, { request, reply });
    }
  }

  async #send(postId: string, { errors = {}, done = null, status = 200 }: Shown, exchange: Exchange): Promise<void> {
    const { request } = exchange;
    const viewer = viewerOf(request.principal);
    const post = await unlessGone(this.#queries.execute(new GetPost(postId, viewer, new Date().toISOString())));
    const { title } = (await this.#drafts.of(postId)) ?? post ?? (await this.#drafts.get(postId));
    const back = post === null ? writePath(postId) : editPath(post);
    const links = await this.#previews.list(postId);
    const frame = this.#frames.of(request, previewLinksPath(postId));
    const page = h(PreviewLinksPage, { frame, postId, title, back, links, errors, done });
    await sendPage(page, { ...exchange, status });
  }
}

function daysIn(form: unknown): number | undefined {
  const text = textIn(form, 'days').trim();
  return text === '' ? undefined : Number(text);
}
