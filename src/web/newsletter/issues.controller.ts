import { Controller, Get, Inject, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { PostSummary } from '../../../libs/client/index.ts';
import { viewerOf } from '../../access/principal.ts';
import { PostDrafting } from '../../acts/post-drafting.ts';
import { SendingIssues } from '../../acts/sending-issues.ts';
import { unlessGone } from '../../acts/unless-gone.ts';
import { GetPost, ListPosts } from '../../views/post-list/post-list.query-types.ts';
import type { Viewer } from '../../views/viewer.ts';
import { ISSUES_PATH, NEWSLETTER_ARCHIVE_PATH } from '../shell/addresses.ts';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { NewsletterArchivePage } from './archive-page.tsx';
import { IssuesPage, type ListedIssue } from './issues-page.tsx';

const ISSUES_A_PAGE = 20;
const ARCHIVED_A_PAGE = 100;
const MOST_DRAFTS = 20;
const ISSUES = { kind: 'newsletter' } as const;

/** The lists of issues: for editors with how far each is, and for everybody those that have appeared. */
@Controller('newsletter')
@UseInterceptors(ReadsOwnWrites)
export class IssueListsController {
  readonly #frames: Frames;
  readonly #queries: QueryBus;
  readonly #drafting: PostDrafting;
  readonly #sending: SendingIssues;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(PostDrafting) drafting: PostDrafting,
    @Inject(SendingIssues) sending: SendingIssues,
  ) {
    this.#frames = frames;
    this.#queries = queries;
    this.#drafting = drafting;
    this.#sending = sending;
  }

  @Get('archive')
  async archive(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const cursor = textIn(query, 'cursor') || null;
    const list = new ListPosts(ISSUES, { limit: ARCHIVED_A_PAGE, cursor }, null, new Date().toISOString());
    const issues = await this.#queries.execute(list);
    const frame = this.#frames.of(request, NEWSLETTER_ARCHIVE_PATH);
    await sendPage(h(NewsletterArchivePage, { frame, issues, isFirst: cursor === null }), { request, reply });
  }

  @Get('issues')
  async issues(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const cursor = textIn(query, 'cursor') || null;
    const viewer = viewerOf(request.principal);
    const list = new ListPosts(ISSUES, { limit: ISSUES_A_PAGE, cursor }, viewer, new Date().toISOString());
    const { items, next } = await this.#queries.execute(list);
    const issues: ListedIssue[] = [];
    for (const post of items) issues.push(await this.#listed(post, viewer));
    const drafts = cursor === null ? (await this.#drafting.list({ limit: MOST_DRAFTS, cursor: null })).items : [];
    const out = new Set(items.map(({ id }) => id));
    const page = h(IssuesPage, {
      frame: this.#frames.of(request, ISSUES_PATH),
      drafts: drafts.filter(({ kind, postId }) => kind === 'newsletter' && !out.has(postId)),
      issues: { items: issues, next },
    });
    await sendPage(page, { request, reply });
  }

  /** One after the other, since a long text takes a while to be looked through. */
  async #listed(summary: PostSummary, viewer: Viewer): Promise<ListedIssue> {
    const progress = await this.#sending.progress(summary.id);
    const post = await unlessGone(this.#queries.execute(new GetPost(summary.id, viewer, new Date().toISOString())));
    const quotes = post === null ? [] : await this.#sending.unsendable(post.body);
    return { post: summary, progress, quotesToTakeOut: quotes.length };
  }
}
