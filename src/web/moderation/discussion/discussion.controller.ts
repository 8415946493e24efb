import {
  Body,
  Controller,
  Get,
  Inject,
  Param,
  Post as PostRoute,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Post } from '../../../../libs/client/index.ts';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { DISCUSSION_STATES, MOST_SLOW_MODE_SECONDS, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { viewerOf } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { Editing } from '../../../acts/editing.ts';
import { lookAtLog } from '../../../acts/looks/look-at.ts';
import { Looks } from '../../../acts/looks/looks.ts';
import { GetDiscussionTimeline } from '../../../views/moderation-log/log.query-types.ts';
import { GetPost } from '../../../views/post-list/post-list.query-types.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import { type Check, checked, formText, isFine, text } from '../../shell/form-checks.ts';
import { Frames } from '../../shell/frames.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { oneOf } from '../../shell/one-of.ts';
import { pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../../shell/refusals.ts';
import { sendPage } from '../../shell/send-page.ts';
import { COMMENT_ID } from '../log/log-filters.ts';
import { DiscussionPage, discussionHref } from './discussion-page.tsx';

const STEPS_A_PAGE = 100;

const seconds: Check = (value, { t }) => {
  const isFit = value.trim() === '' || (/^\d{1,6}$/.test(value.trim()) && Number(value) <= MOST_SLOW_MODE_SECONDS);
  return isFit ? null : t('policywrong.whole', { from: 0, to: MOST_SLOW_MODE_SECONDS });
};
const comment: Check = (value, { t }) => (value.trim() === '' || COMMENT_ID.test(value) ? null : t('modlog.noComment'));
const CHECKS = { slowModeSeconds: seconds, pinned: comment, reason: text(TEXT_LIMITS.reason) };

interface Shown {
  readonly form?: unknown;
  readonly errors?: FieldErrors;
  readonly query?: unknown;
  readonly status?: number;
}
interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The moderators' page of a discussion: its settings with the reason of each change, and its timeline. */
@Controller('moderation/discussions/:slug')
@UseInterceptors(ReadsOwnWrites)
export class DiscussionPagesController {
  readonly #frames: Frames;
  readonly #editing: Editing;
  readonly #queries: QueryBus;
  readonly #looks: Looks;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Editing) editing: Editing,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
  ) {
    this.#frames = frames;
    this.#editing = editing;
    this.#queries = queries;
    this.#looks = looks;
  }

  @Get()
  async show(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#send(await this.#post(slug, request), { query }, { request, reply });
  }

  /** A refused form comes back as it was sent. */
  @PostRoute()
  async change(
    @Param('slug') slug: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const post = await this.#post(slug, request);
    const { translator } = this.#frames.of(request);
    const state = oneOf(DISCUSSION_STATES, textIn(form, 'state'));
    if (state === undefined) throw new DomainError('invalid', 'There is no such state of a discussion.');
    const errors = checked(form, CHECKS, translator);
    if (!isFine(errors)) return this.#send(post, { form, errors, status: 400 }, { request, reply });
    const wish = {
      state,
      slowModeSeconds: Number(textIn(form, 'slowModeSeconds').trim()),
      pinnedCommentId: COMMENT_ID.exec(textIn(form, 'pinned'))?.[0] ?? null,
      reason: formText(form, 'reason').trim() || null,
    };
    try {
      const { position } = await this.#editing.setDiscussion(post.id, wish, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(`${discussionHref(post.slug)}?saved=1`, position), 303);
    } catch (error) {
      const refused = { form, errors: wrongIn(error, translator), status: statusOf(error) };
      await this.#send(post, refused, { request, reply });
    }
  }

  async #send(post: Post, { form, errors = {}, query, status = 200 }: Shown, exchange: Exchange): Promise<void> {
    const { request } = exchange;
    const page = { limit: STEPS_A_PAGE, cursor: textIn(query, 'cursor') || null };
    const timeline = await this.#queries.execute(new GetDiscussionTimeline(post.id, page));
    await this.#looks.looked(memberOf(request), lookAtLog({ postId: post.id }));
    const frame = this.#frames.of(request, discussionHref(post.slug));
    const typed = form === undefined ? settingsOf(post) : typedIn(form);
    const saved = textIn(query, 'saved') === '1';
    const shown = h(DiscussionPage, { frame, post, typed, errors, saved, timeline });
    await sendPage(shown, { ...exchange, status });
  }

  #post(slug: string, request: FastifyRequest): Promise<Post> {
    return this.#queries.execute(new GetPost(slug, viewerOf(request.principal), new Date().toISOString()));
  }
}

function settingsOf({ discussion: { state, slowModeSeconds, pinnedCommentId } }: Post) {
  return { state, slowModeSeconds: String(slowModeSeconds), pinned: pinnedCommentId ?? '', reason: '' };
}

function typedIn(form: unknown) {
  return {
    state: textIn(form, 'state'),
    slowModeSeconds: textIn(form, 'slowModeSeconds'),
    pinned: textIn(form, 'pinned'),
    reason: formText(form, 'reason'),
  };
}

/** The rules' refusal of the pinned comment is shown at its field. */
function wrongIn(error: unknown, translator: Translator): FieldErrors {
  const isPinned = error instanceof DomainError && error.errors.some(({ field }) => field === 'pinnedCommentId');
  return isPinned ? { pinned: translator.t('modlog.noComment') } : fieldErrorsOf(error, translator);
}

function statusOf(error: unknown): number {
  return error instanceof DomainError && error.status !== 404 ? error.status : 400;
}
