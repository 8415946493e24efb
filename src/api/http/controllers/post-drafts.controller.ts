import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Page, PostDraft, PostDraftSummary } from '../../../../libs/client/index.ts';
import { DomainError, requireId } from '../../../../libs/kernel/index.ts';
import { MOST_POST_DRAFTS_PER_PAGE } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { IssueDrafting } from '../../../acts/issue-drafting/issue-drafting.ts';
import { PostDrafting } from '../../../acts/post-drafting.ts';
import type { KeptPostDraft } from '../../../views/shelf/post-drafts.query-types.ts';
import { Input, QueryInput } from '../../input/input.ts';
import { pageOf } from '../dto/lists.ts';
import { IssuePeriodBody, PostDraftBody, PostDraftDropQuery, PostDraftListQuery } from '../dto/post-drafts.ts';
import { keepPrivate, tellWritten } from './answers.ts';

/** What editors write before readers see it. */
@Controller('api/v1/post-drafts')
export class PostDraftsController {
  readonly #drafts: PostDrafting;
  readonly #issues: IssueDrafting;

  constructor(@Inject(PostDrafting) drafts: PostDrafting, @Inject(IssueDrafting) issues: IssueDrafting) {
    this.#drafts = drafts;
    this.#issues = issues;
  }

  @Get()
  list(
    @QueryInput(PostDraftListQuery) query: PostDraftListQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<PostDraftSummary>> {
    keepPrivate(reply);
    return this.#drafts.list(pageOf(query, MOST_POST_DRAFTS_PER_PAGE));
  }

  @Post('from-period')
  @HttpCode(201)
  async fromPeriod(
    @Input(IssuePeriodBody) period: IssuePeriodBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostDraft> {
    const begun = await this.#issues.begin(period, memberOf(request), askingOf(request));
    if (begun === null) throw new DomainError('conflict', 'The period has no posts, and no comments to be quoted.');
    tellWritten(reply, begun.position);
    return told(begun.draft);
  }

  @Get(':id')
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<PostDraft> {
    keepPrivate(reply);
    return told(await this.#drafts.get(requireId(id, 'post_not_found')));
  }

  @Put(':id')
  async keep(
    @Param('id') id: string,
    @Input(PostDraftBody) body: PostDraftBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostDraft> {
    const postId = requireId(id, 'post_not_found');
    const { draft, position } = await this.#drafts.keep(postId, body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return told(draft);
  }

  @Delete(':id')
  @HttpCode(204)
  async drop(
    @Param('id') id: string,
    @QueryInput(PostDraftDropQuery) { over }: PostDraftDropQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const postId = requireId(id, 'post_not_found');
    tellWritten(reply, await this.#drafts.drop(postId, over, memberOf(request), askingOf(request)));
  }
}

function told({ draftId: _draft, memberId: _member, ...draft }: KeptPostDraft): PostDraft {
  return draft;
}
