import { Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Notification } from '../../../libs/client/index.ts';
import { BEFORE_FIRST, parsePosition, requireId } from '../../../libs/kernel/index.ts';
import { TRANSLATION_REASONS, type TranslationReason } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { memberOf } from '../../access/request.ts';
import { ATTENTION_ACTS, BeingTold } from '../../acts/being-told.ts';
import { GetModerationLog } from '../../views/moderation-log/log.query-types.ts';
import { GetNotifications } from '../../views/notifications/notifications.query-types.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { doneIn, pathDone } from '../shell/done.tsx';
import { frameIn } from '../shell/frame-address.ts';
import { Frames } from '../shell/frames.ts';
import { oneOf } from '../shell/one-of.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { NotificationsPage } from './notifications-page.tsx';

/** The outcome of a translation that a moderator removed, which is a kind of the log too. */
const TRANSLATION_REMOVED = 'translation-removed';

const A_PAGE = 20;
const PATH = '/notifications';
/** The newest decisions on the member's comments, of which a page of notifications tells few. */
const DECISIONS = { limit: 100, cursor: null };

/** What a member was told of, as a page. */
@Controller('notifications')
@UseInterceptors(ReadsOwnWrites)
export class NotificationPagesController {
  readonly #frames: Frames;
  readonly #told: BeingTold;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(BeingTold) told: BeingTold, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#told = told;
    this.#queries = queries;
  }

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const filter = textIn(query, 'filter') === 'unread' ? 'unread' : 'all';
    const page = { limit: A_PAGE, cursor: textIn(query, 'cursor') || null };
    const list = await this.#queries.execute(new GetNotifications(memberOf(request), page, filter));
    const frame = this.#frames.of(request, filter === 'all' ? PATH : `${PATH}?filter=${filter}`);
    const given = await this.#reasonsOf(list.items, memberOf(request).memberId);
    const told = [...given].map(([position, reason]) => [position, frame.translator.t(`reason.${reason}`)] as const);
    const reasons = new Map(told);
    await sendPage(h(NotificationsPage, { frame, list, filter, reasons, done: doneIn(query) }), { request, reply });
  }

  @Post('read')
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const upTo = parsePosition(textIn(request.body, 'upTo')) ?? BEFORE_FIRST;
    const { position } = await this.#told.markRead(upTo, memberOf(request), askingOf(request));
    reply.redirect(pathAfter(pathDone(PATH, 'read'), position), 303);
  }

  /** Leads back to the discussion, in its frame too, or to the page of notifications. */
  @Post('attention')
  async attend(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const postId = requireId(textIn(request.body, 'post'), 'post_not_found');
    const act = oneOf(ATTENTION_ACTS, textIn(request.body, 'act')) ?? 'mute';
    const { position } = await this.#told.attend(act, postId, memberOf(request), askingOf(request));
    reply.redirect(pathAfter(await this.#placeOf(postId, request), position), 303);
  }

  /** Why staff decided as the notifications tell, by their positions. */
  async #reasonsOf(items: readonly Notification[], memberId: string): Promise<ReadonlyMap<string, TranslationReason>> {
    const decisions = items.filter(({ kind }) => kind === 'decision');
    const kinds = new Set(decisions.map(({ outcome }) => (outcome === TRANSLATION_REMOVED ? outcome : 'decision')));
    const pages = [...kinds].map((kind) =>
      this.#queries.execute(new GetModerationLog({ member: memberId, kind }, DECISIONS)),
    );
    return new Map(
      (await Promise.all(pages)).flatMap((page) =>
        page.items.flatMap(({ position, reason }) => {
          const known = oneOf(TRANSLATION_REASONS, reason ?? '');
          return known === undefined ? [] : [[position, known] as const];
        }),
      ),
    );
  }

  async #placeOf(postId: string, request: FastifyRequest): Promise<string> {
    const frame = frameIn(request.body);
    if (frame !== undefined || textIn(request.body, 'frame') !== 'post') return frame ?? PATH;
    const post = new GetPost(postId, viewerOf(request.principal), new Date().toISOString());
    return `${postHref(await this.#queries.execute(post))}#discussion`;
  }
}
