import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Post } from '../../../libs/client/index.ts';
import { Slices } from '../../../libs/kernel/index.ts';
import type { CommentSort } from '../../../libs/words/index.ts';
import { isSeen } from '../../access/request.ts';
import { Visiting } from '../../acts/visiting.ts';
import { GetIgnored } from '../../views/notifications/notifications.query-types.ts';
import { GetThreadDifference } from '../../views/thread/past/past.query-types.ts';
import type { Frame } from '../shell/frame.ts';
import type { ChangesProps } from './past/changes.tsx';
import { excerptsOf } from './past/excerpts.ts';
import { pastHref } from './past/time-machine.tsx';
import { type LastVisit, Visits } from './visits.ts';

/** The most changes of a visit that are shown at once. */
const OF_A_VISIT = 10;

/**
 * The number of visible comments beyond which the changes since a visit have a page of their own: finding them takes
 * the thread's whole life.
 */
const LONG = 1_000;

/** The way to a comment, wherever it is paged; in a frame it stays there. */
export interface CommentLink {
  readonly href: string;
  readonly target?: '_self';
}

/** What is new to a member. */
export interface News {
  readonly changes: ChangesProps | null;
  /** In a long thread, the address of the changes since the reader's last visit, and its time. */
  readonly visited: { readonly href: string; readonly at: string } | null;
  /** The comments of others that are new since that visit, oldest first; not all, where there are many. */
  readonly unread: readonly string[];
  readonly linkTo: (commentId: string) => CommentLink;
}

export const inForum = (commentId: string): CommentLink => ({ href: `/comments/${commentId}` });

export const NO_NEWS: News = { changes: null, visited: null, unread: [], linkTo: inForum };

interface Asked {
  readonly post: Post;
  readonly frame: Frame;
  readonly wish: { readonly sort: CommentSort };
  readonly request: FastifyRequest;
}

/** What came since members last read a discussion, which their next look at it tells. */
@Injectable()
export class NewsSinceVisits {
  readonly #queries: QueryBus;
  readonly #visits: Visits;
  readonly #visiting: Visiting;
  readonly #slices = new Slices();

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Visits) visits: Visits,
    @Inject(Visiting) visiting: Visiting,
  ) {
    this.#queries = queries;
    this.#visits = visits;
    this.#visiting = visiting;
  }

  /** Records the member's visit, when somebody looks. The thread shows `position`, and `newest` is that of its last change. */
  async onEntering(
    asked: Asked & { readonly reply: FastifyReply },
    position: bigint,
    newest: bigint,
  ): Promise<News | null> {
    const { request, reply } = asked;
    const looks = isSeen(request);
    const visit = await this.#lastVisit(asked, position, { cookies: request.cookies, reply: looks ? reply : null });
    if (visit === null) return null;
    if (looks && request.principal) void this.#visiting.keep(visit.now, visit.kept, request.principal);
    return visit.last === null ? null : this.#since(visit.last, asked, { isNews: newest > visit.last.position });
  }

  /**
   * In the frame of this path. The visit begins once the discussion is seen there, which the page's program tells, and
   * nothing is known but what the forum keeps of visits.
   */
  async inFrame(asked: Asked, position: bigint, path: string): Promise<News | null> {
    const last = (await this.#lastVisit(asked, position, { cookies: {}, reply: null }))?.last ?? null;
    if (last === null) return null;
    const address = new URLSearchParams({ frame: path });
    const linkTo = (id: string): CommentLink => ({ href: `/comments/${id}?${address}`, target: '_self' });
    return this.#since(last, asked, { isNews: true, linkTo });
  }

  /** Null for readers; `last` is null when nothing has happened since. */
  async #lastVisit(
    { post, frame, request: { principal } }: Asked,
    position: bigint,
    { cookies, reply }: Pick<FastifyRequest, 'cookies'> & { readonly reply: FastifyReply | null },
  ) {
    if (principal === null || post.status !== 'published') return null;
    const { memberId } = principal;
    const kept = await this.#visiting.visitOf(post.id, memberId);
    const hasNews = async (since: bigint): Promise<boolean> =>
      (await this.#visiting.newAfter(post.id, since, memberId)).length > 0;
    const seen = { memberId, postId: post.id, position, now: frame.now, kept, hasNews };
    const { visit, last } = await this.#visits.enter({ request: { cookies }, reply }, seen);
    return { now: visit, kept, last: last === null || last.position >= position ? null : last };
  }

  async #since(
    visit: LastVisit,
    asked: Asked,
    { isNews, linkTo = inForum }: { readonly isNews: boolean; readonly linkTo?: News['linkTo'] },
  ): Promise<News> {
    const { post, wish, request } = asked;
    const unread = await this.#visiting.newAfter(post.id, visit.position, request.principal?.memberId ?? '');
    const news = { visited: null, unread, linkTo };
    if (post.commentCount <= LONG) return { ...news, changes: await this.#changes(visit, asked, linkTo) };
    const href = pastHref({ slug: post.slug, sort: wish.sort, shown: null, since: after(visit) });
    return { ...news, visited: isNews ? { href, at: visit.at } : null, changes: null };
  }

  /** The changes as every reader sees them, without the member's own and those of whom it ignores: hidden ones are no news. */
  async #changes(
    visit: LastVisit,
    { post, frame, wish, request }: Asked,
    linkTo: News['linkTo'],
  ): Promise<ChangesProps | null> {
    const memberId = request.principal?.memberId ?? '';
    const ignored = await this.#queries.execute(new GetIgnored(memberId));
    const page = { limit: OF_A_VISIT, cursor: null, notBy: [memberId, ...ignored] };
    const read = new GetThreadDifference(post.id, { after: after(visit), until: null }, page, null);
    const { difference } = await this.#queries.execute(read);
    if (difference.items.length === 0) return null;
    return {
      frame,
      difference,
      excerpts: await excerptsOf(difference.items, this.#slices),
      since: visit.at,
      until: null,
      isVisit: true,
      more: difference.next && pastHref({ slug: post.slug, sort: wish.sort, shown: null, since: after(visit) }),
      linkTo,
    };
  }
}

function after({ position }: LastVisit): { readonly by: 'position'; readonly position: bigint } {
  return { by: 'position', position };
}
