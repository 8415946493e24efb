import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Post } from '../../../libs/client/index.ts';
import { Slices } from '../../../libs/kernel/index.ts';
import type { CommentSort } from '../../../libs/words/index.ts';
import { viewerOf } from '../../access/principal.ts';
import { isSeen } from '../../access/request.ts';
import { lookAtPast } from '../../acts/looks/look-at.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { Visiting } from '../../acts/visiting.ts';
import { GetIgnored } from '../../views/notifications/notifications.query-types.ts';
import { GetThreadActivity, GetThreadDifference, type Moment } from '../../views/thread/past/past.query-types.ts';
import type { Frame } from '../shell/frame.ts';
import type { JumpProps } from './jump-to-day.tsx';
import type { ChangesProps } from './past/changes.tsx';
import { excerptsOf } from './past/excerpts.ts';
import { pageMomentOf } from './past/moments.ts';
import { type PastWish, pastHref, type TimeMachineProps } from './past/time-machine.tsx';
import { type LastVisit, Visits } from './visits.ts';

/** The most changes shown at once: the first few of a visit, and a page of those asked for. */
const OF_A_VISIT = 10;
const A_PAGE = 20;

/**
 * The number of visible comments beyond which the changes since a visit have a page of their own: finding them takes
 * the thread's whole life.
 */
const LONG = 1_000;

export interface HeadWish extends PastWish {
  readonly sort: CommentSort;
  readonly cursor: string | null;
  /** The cursor among the changes. */
  readonly changes: string | null;
  readonly noMoment?: string;
  readonly noDay?: string;
}

/** The head of a discussion: its time machine, and the changes. */
export interface ThreadHead {
  readonly machine: TimeMachineProps;
  /** The form that leads to a day; null in the past, and where there is nothing to go to. */
  readonly days: JumpProps | null;
  readonly changes: ChangesProps | null;
  /** In a long thread, the address of the changes since the reader's last visit, and its time. */
  readonly visited: { readonly href: string; readonly at: string } | null;
  /** The comments of others that are new since that visit, oldest first; not all, where there are many. */
  readonly unread: readonly string[];
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
  readonly #visits: Visits;
  readonly #visiting: Visiting;
  readonly #slices = new Slices();

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
    @Inject(Visits) visits: Visits,
    @Inject(Visiting) visiting: Visiting,
  ) {
    this.#queries = queries;
    this.#looks = looks;
    this.#visits = visits;
    this.#visiting = visiting;
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
    const nothing = { machine, days, visited: null, unread: [] };
    if (since !== null) return { ...nothing, changes: await this.#changesSince(since, { ...asked, machine }) };
    const visit = shown === null ? await this.#lastVisit(asked, BigInt(position)) : null;
    if (visit === null) return { ...nothing, changes: null };
    const unread = await this.#visiting.newAfter(post.id, visit.position, request.principal?.memberId ?? '');
    if (post.commentCount <= LONG) return { ...nothing, unread, changes: await this.#sinceLastVisit(asked, visit) };
    const after = { by: 'position', position: visit.position } as const;
    const href = pastHref({ slug: post.slug, sort, shown: null, since: after });
    const hasNews = BigInt(activity.moments.at(-1)?.position ?? 0) > visit.position;
    return { machine, days, unread, visited: hasNews ? { href, at: visit.at } : null, changes: null };
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
      linkTo: (id) => (wish.shown === null ? `/comments/${id}` : `#comment-${id}`),
    };
  }

  /** Records the member's visit, when somebody looks; null when nothing has happened since the last one. */
  async #lastVisit({ post, frame, request, reply }: Asked, position: bigint): Promise<LastVisit | null> {
    const { principal } = request;
    if (principal === null || post.status !== 'published') return null;
    const { memberId } = principal;
    const kept = await this.#visiting.visitOf(post.id, memberId);
    const hasNews = async (since: bigint): Promise<boolean> =>
      (await this.#visiting.newAfter(post.id, since, memberId)).length > 0;
    const seen = { memberId, postId: post.id, position, now: frame.now, kept, hasNews };
    const looks = isSeen(request);
    const { visit, last } = await this.#visits.enter({ request, reply: looks ? reply : null }, seen);
    if (looks) void this.#visiting.keep(visit, kept, principal);
    return last === null || last.position >= position ? null : last;
  }

  /** The changes as every reader sees them, without the member's own and those of whom it ignores: hidden ones are no news. */
  async #sinceLastVisit({ post, frame, wish, request }: Asked, visit: LastVisit): Promise<ChangesProps | null> {
    const memberId = request.principal?.memberId ?? '';
    const after = { by: 'position', position: visit.position } as const;
    const ignored = await this.#queries.execute(new GetIgnored(memberId));
    const page = { limit: OF_A_VISIT, cursor: null, notBy: [memberId, ...ignored] };
    const read = new GetThreadDifference(post.id, { after, until: null }, page, null);
    const { difference } = await this.#queries.execute(read);
    if (difference.items.length === 0) return null;
    return {
      frame,
      difference,
      excerpts: await excerptsOf(difference.items, this.#slices),
      since: visit.at,
      until: null,
      isVisit: true,
      more: difference.next && pastHref({ slug: post.slug, sort: wish.sort, shown: null, since: after }),
      linkTo: (id) => `/comments/${id}`,
    };
  }
}

function timeOf(moment: Moment, { activity }: TimeMachineProps): string | null {
  return moment.by === 'time' ? new Date(moment.at).toISOString() : pageMomentOf(activity, moment).at;
}
