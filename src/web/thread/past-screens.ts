import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Discussion, Post } from '../../../libs/client/index.ts';
import { viewerOf } from '../../access/principal.ts';
import { lookAtPast } from '../../acts/looks/look-at.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { Translating } from '../../acts/translating.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import {
  GetMarksAt,
  GetThreadAt,
  type MarksThen,
  type Moment,
  type PastAnswer,
} from '../../views/thread/past/past.query-types.ts';
import type { Viewer } from '../../views/viewer.ts';
import type { Frame } from '../shell/frame.ts';
import { sendPage } from '../shell/send-page.ts';
import { AT_REST, contextOf, infoOf, shownPlace } from './page-context.ts';
import { A_PAGE, withRoom } from './page-room.ts';
import { postHtmlOn, sizingFor } from './parts/page-budget.ts';
import { beyondOf } from './parts/tree.ts';
import { ThreadHeads } from './thread-heads.ts';
import { PastPage } from './thread-page.tsx';
import type { ThreadWish } from './thread-wish.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const NO_IDS: ReadonlySet<string> = new Set();

/** Discussions as they stood at a moment. */
@Injectable()
export class PastScreens {
  readonly #queries: QueryBus;
  readonly #site: SiteInMemory;
  readonly #looks: Looks;
  readonly #heads: ThreadHeads;
  readonly #translating: Translating;

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(SITE) site: SiteInMemory,
    @Inject(Looks) looks: Looks,
    @Inject(ThreadHeads) heads: ThreadHeads,
    @Inject(Translating) translating: Translating,
  ) {
    this.#queries = queries;
    this.#site = site;
    this.#looks = looks;
    this.#heads = heads;
    this.#translating = translating;
  }

  /** A page for reading, the same for all: what members do belongs to the present. */
  async send(
    post: Post,
    { wish, frame, moment }: { readonly wish: ThreadWish; readonly frame: Frame; readonly moment: Moment },
    { request, reply }: Exchange,
  ): Promise<void> {
    const { principal } = request;
    const [{ page: thread, previous, last, answers, place, unseen, count }, marks] = await Promise.all([
      this.#past(post, wish, { moment, viewer: viewerOf(principal) }),
      this.#queries.execute(new GetMarksAt(post.id, moment)),
    ]);
    if (principal !== null) await this.#looks.looked(principal, lookAtPast(moment, unseen));
    const at = { ...wish, previous, last, next: thread.next };
    const mayTranslate = this.#translating.mayTranslate(frame.member);
    const info = { ...infoOf(post, at, { frame, site: this.#site.now(), mayTranslate }), viewer: null };
    const head = await this.#heads.of(
      { post, frame, wish: { ...wish, ...wish.past }, request, reply },
      thread.position,
    );
    const page = h(PastPage, {
      frame,
      post,
      head,
      thread: {
        comments: thread.items,
        state: {
          ...AT_REST,
          openForm: null,
          ownReactions: {},
          bookmarks: NO_IDS,
          unread: NO_IDS,
          ignored: NO_IDS,
          folds: {},
          beyond: beyondOf(answers, thread.items),
        },
        place: shownPlace(place),
        total: count,
      },
      context: { ...contextOf(info, { frame, post, wish }), discussion: { ...AS_IT_WAS, ...markedThen(marks) } },
      wish: wish.past,
    });
    await sendPage(page, { request, reply });
  }

  #past(post: Post, { sort, cursor }: ThreadWish, { moment, viewer }: { moment: Moment; viewer: Viewer }) {
    const options = { sort, cursor, limit: A_PAGE.limit, moment, withAbove: true, anyMoment: true };
    const read = (most: number): Promise<PastAnswer> =>
      this.#queries.execute(new GetThreadAt(post.id, { ...options, most }, viewer));
    return withRoom(postHtmlOn({ cursor }, post), { sizeOf: sizingFor(null), read, itemsOf: ({ page }) => page.items });
  }
}

/** Nobody writes into the past. */
const AS_IT_WAS = { state: 'closed', slowModeSeconds: 0 } as const;

function markedThen({
  pinnedCommentId,
  asks,
  acceptedId,
}: MarksThen): Pick<Discussion, 'pinnedCommentId' | 'acceptedCommentId'> {
  return { pinnedCommentId, ...(asks && acceptedId !== null && { acceptedCommentId: acceptedId }) };
}
