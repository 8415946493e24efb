import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Comment, Post } from '../../../libs/client/index.ts';
import { takesGzip } from '../../../libs/compression/index.ts';
import { FormStamps } from '../../access/form-stamps.ts';
import { viewerOf } from '../../access/principal.ts';
import { Bookmarking } from '../../acts/bookmarking.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { Screening } from '../../acts/screening.ts';
import { Translating } from '../../acts/translating.ts';
import { unlessGone } from '../../acts/unless-gone.ts';
import { GetModerationLog } from '../../views/moderation-log/log.query-types.ts';
import { GetIgnored, GetOwnAttention, type OwnAttention } from '../../views/notifications/notifications.query-types.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { authorsShown, postShown } from '../../views/shown.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import {
  GetComment,
  GetDiscussion,
  GetFirstCommentFrom,
  GetOwnReactions,
  LocateComment,
  type ReadersPage,
} from '../../views/thread/thread.query-types.ts';
import type { Viewer } from '../../views/viewer.ts';
import { askedProof } from '../shell/asked-proof.ts';
import { type Frame } from '../shell/frame.ts';
import { Frames } from '../shell/frames.ts';
import { date } from '../shell/i18n/moments.ts';
import type { Messages } from '../shell/i18n/translate.ts';
import { KeptPages, type MadePage, sharedKey } from '../shell/kept-pages.ts';
import { messagesOf } from '../shell/message-files.ts';
import { decisionsInForce, reasonGiven } from '../shell/own-decisions.ts';
import { textIn } from '../shell/paths.ts';
import { sendCoded, sendPage } from '../shell/send-page.ts';
import { postLineAtOnce } from '../shell/translated-titles.ts';
import { translationsAtOnce } from './at-once.ts';
import { MemberPages } from './member-pages.tsx';
import { AT_REST, contextOf, foldsOf, forViewer, infoOf, shownPlace } from './page-context.ts';
import { A_PAGE, withRoom } from './page-room.ts';
import { type ThreadContext, type ThreadPageInfo, threadHref } from './parts/context.ts';
import { elementsIn, postHtmlOn, sizingFor } from './parts/page-budget.ts';
import type { ShownComment, TranslatedAtOnce } from './parts/shown-comment.ts';
import type { ThreadProps } from './parts/thread.tsx';
import { beyondOf } from './parts/tree.ts';
import { PastScreens } from './past-screens.ts';
import type { PostTranslations } from './post-translations.tsx';
import { ThreadHeads } from './thread-heads.ts';
import { PostPage, type PostPageProps } from './thread-page.tsx';
import { dayToGoTo, isPlain, type ThreadWish } from './thread-wish.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const DAY_MS = 86_400_000;
/** The newest decisions on an author's comments below a post. */
const DECISIONS = { limit: 100, cursor: null };
const NO_IDS: ReadonlySet<string> = new Set();

/** A page of a discussion, with what its program starts from. */
export interface ShownDiscussion extends Pick<MadePage, 'shows' | 'until'> {
  readonly thread: ThreadProps;
  readonly context: ThreadContext;
  readonly position: string;
  readonly total: number;
  readonly messages: Messages;
  /** How the member stands to the discussion; null for readers, and where there is none yet. */
  readonly attention: OwnAttention | null;
  /** Whether the member has bookmarked the post. */
  readonly isBookmarked: boolean;
}

/** What the page of a post is made of. */
interface DrawnPost extends Omit<MadePage, 'page'> {
  readonly page: PostPageProps;
}

/** Milliseconds since 1970, and the days after which posts are not discussed any more. */
interface DiscussionEnd {
  readonly at: number;
  readonly days: number;
}

/** Puts a post and a page of its thread together, for the first view and after a refused form alike. */
@Injectable()
export class ThreadScreens {
  readonly #frames: Frames;
  readonly #queries: QueryBus;
  readonly #site: SiteInMemory;
  readonly #looks: Looks;
  readonly #heads: ThreadHeads;
  readonly #kept: KeptPages;
  readonly #stamps: FormStamps;
  readonly #screening: Screening;
  readonly #bookmarks: Bookmarking;
  readonly #translating: Translating;
  readonly #past: PastScreens;
  readonly #ofMembers: MemberPages;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(SITE) site: SiteInMemory,
    @Inject(Looks) looks: Looks,
    @Inject(ThreadHeads) heads: ThreadHeads,
    @Inject(KeptPages) kept: KeptPages,
    @Inject(FormStamps) stamps: FormStamps,
    @Inject(Screening) screening: Screening,
    @Inject(Bookmarking) bookmarks: Bookmarking,
    @Inject(Translating) translating: Translating,
    @Inject(PastScreens) past: PastScreens,
    @Inject(MemberPages) ofMembers: MemberPages,
  ) {
    this.#frames = frames;
    this.#queries = queries;
    this.#site = site;
    this.#looks = looks;
    this.#heads = heads;
    this.#kept = kept;
    this.#stamps = stamps;
    this.#screening = screening;
    this.#bookmarks = bookmarks;
    this.#translating = translating;
    this.#past = past;
    this.#ofMembers = ofMembers;
  }

  post(idOrSlug: string, request: FastifyRequest): Promise<Post> {
    return this.#queries.execute(new GetPost(idOrSlug, viewerOf(request.principal), new Date().toISOString()));
  }

  /** By whose clock moments and days are typed. */
  zone(): string {
    return this.#site.now().timeZone;
  }

  /**
   * Leads to the first comment of the day that the query names or of a later one, and answers null; gives the day where there
   * is none, and undefined where no day is named. Throws DomainError post_not_found.
   */
  async goToDay(slug: string, query: unknown, { request, reply }: Exchange): Promise<string | null | undefined> {
    const from = dayToGoTo(query, this.zone());
    if (from === null) return undefined;
    const typed = textIn(query, 'on');
    if (Number.isNaN(from)) return typed;
    const post = await this.post(slug, request);
    const find = new GetFirstCommentFrom(post.id, from, viewerOf(request.principal));
    const commentId = await this.#queries.execute(find);
    if (commentId === null) return typed;
    reply.redirect(`/comments/${commentId}`, 303);
    return null;
  }

  /** Throws DomainError post_not_found, invalid (cursor, moment). */
  async send(slug: string, wish: ThreadWish, exchange: Exchange): Promise<void> {
    const frame = this.#frames.of(exchange.request, wish.here);
    const path = isPlain(wish) ? threadHref({ ...wish, post: { slug } }) : null;
    const key = path === null ? null : sharedKey(frame, path);
    const make = (): Promise<DrawnPost> => this.#present(slug, { wish, frame }, exchange);
    if (key !== null) {
      const made = async (): Promise<MadePage> => {
        const { page, ...shown } = await make();
        return { ...shown, page: h(PostPage, page) };
      };
      return this.#kept.send(key, made, exchange);
    }
    if (wish.past.shown !== null)
      return this.#past.send(
        await this.post(slug, exchange.request),
        { wish, frame, moment: wish.past.shown },
        exchange,
      );
    const { page } = await make();
    const isShared = frame.here === path && takesGzip(exchange.request.headers['accept-encoding']);
    await this.#sendToMember(page, { ...exchange, isShared, status: wish.status ?? 200 });
  }

  /** Bytes that are the same for other members are put together; all else is rendered. */
  async #sendToMember(
    page: PostPageProps,
    { isShared, ...exchange }: Exchange & { readonly isShared: boolean; readonly status: number },
  ) {
    const bytes = isShared ? await this.#ofMembers.gzipped(page) : null;
    if (bytes === null) await sendPage(h(PostPage, page), exchange);
    else sendCoded({ bytes, coding: 'gzip' }, exchange);
  }

  async #present(
    slug: string,
    { wish, frame }: { readonly wish: ThreadWish; readonly frame: Frame },
    { request, reply }: Exchange,
  ): Promise<DrawnPost> {
    const { principal } = request;
    const post = await this.post(slug, request);
    const translations = await this.#translationsOf(post, wish, { principal, frame });
    const beside = translations.shown?.bodyHtml;
    const { shows, until, ...shown } = await this.discussionOn(post, { wish, frame, request, beside });
    const head = await this.#heads.of({ post, frame, wish: { ...wish, ...wish.past }, request, reply }, shown.position);
    const state = { ...shown.thread.state, unread: new Set(head.unread) };
    const thread = { ...shown.thread, state };
    return {
      page: { frame, post, head, ...shown, thread, postDone: wish.postDone ?? null, translations },
      shows: [...shows, ...authorsShown([{ author: null, translations: translations.items }])],
      ...(until !== undefined && { until }),
    };
  }

  /** A page of another site has no text here. */
  async #translationsOf(
    post: Post,
    { translation: asked, cursor }: Pick<ThreadWish, 'translation' | 'cursor'>,
    { principal, frame }: { readonly principal: FastifyRequest['principal']; readonly frame: Frame },
  ): Promise<PostTranslations> {
    const may = this.#translating.mayTranslate(principal);
    if (post.kind === 'page') return { items: [], shown: null, may: false };
    const items = await this.#translating.lines(post);
    const isAtOnce = asked === undefined && cursor === null;
    const language = isAtOnce ? postLineAtOnce(post, items, frame)?.language : asked;
    const isThere = items.some((item) => item.language === language);
    const shown = isThere && language ? await this.#translating.shown(post, language) : null;
    return { items, shown, may, ...(isAtOnce && shown !== null && { atOnce: frame.translationsShown }) };
  }

  /**
   * The cursor of the page that shows its reader the comment: where comments have many elements, a page has room for fewer than it may hold.
   * Throws DomainError comment_not_found.
   */
  async cursorOf(
    commentId: string,
    { post, sort, frame: address }: Pick<ThreadWish, 'sort' | 'frame'> & { readonly post: Post },
    request: FastifyRequest,
  ): Promise<string | null> {
    const { principal } = request;
    const viewer = viewerOf(principal);
    const frame = this.#frames.of(request, address);
    for (let most: number = A_PAGE.most; ; ) {
      const where = new LocateComment(commentId, { sort, ...A_PAGE, most }, viewer);
      const { cursor } = await this.#queries.execute(where);
      const wish = { sort, cursor };
      const translations = address === undefined && (await this.#translationsOf(post, wish, { principal, frame }));
      const beside = translations ? translations.shown?.bodyHtml : undefined;
      const { items } = await this.#discussion(post, wish, { viewer, frame, beside });
      if (items.length >= most || items.some(({ id }) => id === commentId)) return cursor;
      most = items.length;
    }
  }

  /** A page of a discussion, for whatever page it stands on. Throws DomainError invalid (cursor). */
  async discussionOn(
    post: Post,
    {
      wish,
      frame,
      request: { principal, sessionRefusal },
      beside,
    }: {
      readonly wish: ThreadWish;
      readonly frame: Frame;
      readonly request: FastifyRequest;
      /** What stands on the page beside the post itself: its translation. */
      readonly beside?: string | undefined;
    },
  ): Promise<ShownDiscussion> {
    const ignored = new Set(principal ? await this.#queries.execute(new GetIgnored(principal.memberId)) : []);
    const { translated, ...thread } = await this.#discussion(post, wish, {
      viewer: viewerOf(principal),
      frame,
      beside,
    });
    const ids = thread.items.map(({ id }) => id);
    const ownReactions = principal ? await this.#queries.execute(new GetOwnReactions(ids, principal.memberId)) : {};
    const bookmarks = new Set(principal ? await this.#bookmarks.among(ids, principal.memberId) : []);
    await this.#looks.atComments(principal, 'thread', thread.items);
    const answer = await this.#answerOf(post, thread.items, viewerOf(principal));
    const end = this.#endOf(post);
    const info = {
      ...infoOf(
        post,
        { ...wish, ...thread },
        { frame, site: this.#site.now(), mayTranslate: this.#translating.mayTranslate(frame.member) },
      ),
      ...(wish.done && { done: wish.done }),
      ...(wish.named !== undefined && { named: wish.named }),
      ...(answer && {
        answer: { id: answer.id, name: answer.author?.displayName ?? frame.translator.t('comment.nameless') },
      }),
      ...(sessionRefusal?.code !== 'banned' && (await this.#guestsOn(frame, wish))),
      ...this.#closedOn(end, frame),
    };
    return {
      thread: {
        comments: await this.#toldTo(principal, post, thread.items),
        count: post.commentCount,
        place: shownPlace(thread.place),
        newId: principal === null ? '' : randomUUID(),
        state: {
          ...AT_REST,
          openForm: wish.openForm,
          ownReactions,
          bookmarks,
          unread: NO_IDS,
          ignored,
          folds: foldsOf(thread.folds, info),
          beyond: beyondOf(thread.answers, thread.items),
        },
      },
      context: {
        ...contextOf(info, { frame, post: forViewer(post, info), wish }),
        ...(translated !== undefined && { translated }),
      },
      position: thread.position,
      total: thread.total,
      messages: messagesOf(frame.translator),
      attention: await this.#attentionOf(post, wish, principal),
      isBookmarked: principal !== null && (await this.#bookmarks.hasPost(post.id, principal.memberId)),
      shows: [postShown(post.id), ...authorsShown([post, ...thread.items, ...(answer ? [answer] : [])])],
      ...(end !== null && Date.now() <= end.at && { until: end.at + 1 }),
    };
  }

  /** Authors are told at the place why staff removed what they wrote. */
  async #toldTo(
    principal: FastifyRequest['principal'],
    { id: postId }: Post,
    items: readonly Comment[],
  ): Promise<readonly ShownComment[]> {
    if (principal === null || !items.some(({ status }) => status === 'removed')) return items;
    const ofAuthor = { member: principal.memberId, postId, kind: 'decision' } as const;
    const { items: entries } = await this.#queries.execute(new GetModerationLog(ofAuthor, DECISIONS));
    const removals = decisionsInForce(entries).filter(({ action }) => action === 'remove');
    if (removals.length === 0) return items;
    const reasons = new Map(removals.map(({ commentId, entry }) => [commentId, reasonGiven(entry)]));
    return items.map((item) => {
      const removedFor = item.status === 'removed' ? reasons.get(item.id) : undefined;
      return removedFor === undefined ? item : { ...item, removedFor };
    });
  }

  /** The accepted answer, on this page or on another one. */
  async #answerOf(
    { discussion: { acceptedCommentId: id } }: Post,
    items: readonly Comment[],
    viewer: Viewer,
  ): Promise<Comment | null> {
    if (id === undefined) return null;
    return items.find((one) => one.id === id) ?? unlessGone(this.#queries.execute(new GetComment(id, viewer)));
  }

  async #attentionOf(post: Post, { frame }: ThreadWish, principal: FastifyRequest['principal']) {
    const isUnwritten = frame !== undefined && post.revision === 0;
    if (principal === null || post.status !== 'published' || isUnwritten) return null;
    return this.#queries.execute(new GetOwnAttention(principal.memberId, post.id));
  }

  /** When a discussion closes by the age of its post; what moderators close by hand is told by its state. */
  #endOf({ publishedAt, discussion }: Post): DiscussionEnd | null {
    const { closeAfterDays: days } = this.#site.now().discussion;
    if (days === null || discussion.state !== 'open') return null;
    return { at: Date.parse(publishedAt) + days * DAY_MS, days };
  }

  /** By the clock, not by the minute that the page tells: a page that is made anew at the end would still be open. */
  #closedOn(end: DiscussionEnd | null, { translator }: Frame): Pick<ThreadPageInfo, 'closed'> {
    if (end === null || Date.now() <= end.at) return {};
    const day = date(new Date(end.at).toISOString(), { translator, isLocal: false });
    return { closed: { day, days: end.days } };
  }

  /** A page that is kept carries the minute for which it is kept, so that it is the same for all its readers. */
  async #guestsOn(frame: Frame, { sent }: ThreadWish): Promise<Pick<ThreadPageInfo, 'guests' | 'stamp' | 'proof'>> {
    const { member, now } = frame;
    if (member !== null || !this.#site.now().guests) return {};
    return sent === true
      ? { guests: 'sent' }
      : { guests: 'write', stamp: this.#stamps.write(now), proof: await askedProof(this.#screening, frame) };
  }

  /** As many comments as fit on the page, whatever elements their texts have. */
  async #discussion(
    post: Post,
    { sort, only, cursor }: Pick<ThreadWish, 'sort' | 'only' | 'cursor'>,
    {
      viewer,
      frame,
      beside = '',
    }: { readonly viewer: Viewer; readonly frame: Frame; readonly beside: string | undefined },
  ): Promise<ReadersPage & { readonly translated: TranslatedAtOnce | undefined }> {
    const list = { sort, cursor, ...(only !== undefined && { only }) };
    const ofText = sizingFor(viewer);
    let translated: TranslatedAtOnce | undefined;
    const read = async (most: number): Promise<ReadersPage> => {
      const page = await this.#queries.execute(new GetDiscussion(post.id, { ...list, ...A_PAGE, most }, viewer));
      translated = await translationsAtOnce(page.items, frame, this.#queries);
      return page;
    };
    const sizeOf = (comment: Comment): number => ofText(comment) + elementsIn(translated?.[comment.id]?.bodyHtml ?? '');
    const postHtml = postHtmlOn({ cursor }, post) + beside;
    const page = await withRoom(postHtml, { sizeOf, read, itemsOf: ({ items }) => items });
    return { ...page, translated };
  }
}
