import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Post } from '../../../libs/client/index.ts';
import { Slices } from '../../../libs/kernel/index.ts';
import type { CommentSort } from '../../../libs/words/index.ts';
import { viewerOf } from '../../access/principal.ts';
import { lookAtPast } from '../../acts/looks/look-at.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { GetThreadActivity, GetThreadDifference, type Moment } from '../../views/thread/past/past.query-types.ts';
import type { Frame } from '../shell/frame.ts';
import type { JumpProps } from './jump-to-day.tsx';
import { inForum, type News, NewsSinceVisits, NO_NEWS } from './news.ts';
import type { ChangesProps } from './past/changes.tsx';
import { excerptsOf } from './past/excerpts.ts';
import { pageMomentOf } from './past/moments.ts';
import { type PastWish, pastHref, type TimeMachineProps } from './past/time-machine.tsx';

/** The most changes shown at once. */
const A_PAGE = 20;

export interface HeadWish extends PastWish {
  readonly sort: CommentSort;
  readonly cursor: string | null;
  /** The cursor among the changes. */
  readonly changes: string | null;
  readonly noMoment?: string;
  readonly noDay?: string;
}

/** The head of a discussion: its time machine, and the changes. */
export interface ThreadHead extends News {
  readonly machine: TimeMachineProps;
  /** The form that leads to a day; null in the past, and where there is nothing to go to. */
  readonly days: JumpProps | null;
}

interface Asked {
  readonly post: Post;
  readonly frame: Frame;
  readonly wish: HeadWish;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

@Injectable()
export class ThreadHeads {
  readonly #queries: QueryBus;
  readonly #looks: Looks;
  readonly #news: NewsSinceVisits;
  readonly #slices = new Slices();

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
    @Inject(NewsSinceVisits) news: NewsSinceVisits,
  ) {
    this.#queries = queries;
    this.#looks = looks;
    this.#news = news;
  }

  /** `position` is the one that the page of the thread shows. Throws DomainError `invalid` for an impossible wish. */
  async of(asked: Asked, position: string): Promise<ThreadHead> {
    const { post, frame, wish, request } = asked;
    const activity = await this.#queries.execute(new GetThreadActivity(post.id, viewerOf(request.principal)));
    const { shown, since, sort, cursor, noMoment = null, noDay = null } = wish;
    const machine = { frame, shown, since, sort, cursor, activity, noMoment, slug: post.slug, postId: post.id };
    const [first, last] = [activity.from, activity.until];
    const days =
      shown !== null || first === null || last === null ? null : { frame, slug: post.slug, first, last, noDay };
    const head = { ...NO_NEWS, machine, days };
    if (since !== null) return { ...head, changes: await this.#changesSince(since, { ...asked, machine }) };
    const newest = BigInt(activity.moments.at(-1)?.position ?? 0);
    const news = shown === null ? await this.#news.onEntering(asked, BigInt(position), newest) : null;
    return { ...head, ...news };
  }

  async #changesSince(since: Moment, asked: Asked & { readonly machine: TimeMachineProps }): Promise<ChangesProps> {
    const { post, frame, wish, request, machine } = asked;
    const { principal } = request;
    const page = { limit: A_PAGE, cursor: wish.changes };
    const between = { after: since, until: wish.shown };
    const read = new GetThreadDifference(post.id, between, page, viewerOf(principal));
    const { difference, unseen } = await this.#queries.execute(read);
    if (principal !== null) await this.#looks.looked(principal, lookAtPast(wish.shown ?? since, unseen));
    const address = { slug: post.slug, ...wish };
    return {
      frame,
      difference,
      excerpts: await excerptsOf(difference.items, this.#slices),
      since: timeOf(since, machine),
      until: wish.shown && timeOf(wish.shown, machine),
      isVisit: false,
      more: difference.next === null ? null : pastHref(address, { changes: difference.next }),
      linkTo: (id) => (wish.shown === null ? inForum(id) : { href: `#comment-${id}` }),
    };
  }
}

function timeOf(moment: Moment, { activity }: TimeMachineProps): string | null {
  return moment.by === 'time' ? new Date(moment.at).toISOString() : pageMomentOf(activity, moment).at;
}
