import type { QueryBus } from '@nestjs/cqrs';
import type { Bookmark, Page } from '../../libs/client/index.ts';
import type { Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { AddBookmark, RemoveBookmark } from '../domain/bookmark/bookmark.commands.ts';
import type { BookmarkTarget } from '../domain/bookmark/bookmark.events.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import {
  GetKeptBookmarks,
  GetStandingBookmarks,
  HasBookmarks,
  type KeptBookmark,
} from '../views/shelf/shelf.query-types.ts';
import { GetComment } from '../views/thread/thread.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { ShelfNames } from './shelf-names.ts';
import { unlessGone } from './unless-gone.ts';

export interface BookmarkingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly names: ShelfNames;
}

/** What is to be marked: a comment, or the post itself. */
export type ToBookmark = { readonly commentId: string } | { readonly postId: string };

/** What members want to find again. Everything throws DomainError. */
export class Bookmarking {
  readonly #parts: BookmarkingParts;

  constructor(parts: BookmarkingParts) {
    this.#parts = parts;
  }

  /** Throws DomainError comment_not_found, post_not_found, and conflict where there are too many. */
  async add(
    what: ToBookmark,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly bookmark: Bookmark; readonly position: Position }> {
    await this.#parts.limits.take('attention', by.memberId);
    const target = await this.#seen(what, by);
    const bookmarkId = this.#idOf(what, by.memberId);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.writes.send(new AddBookmark({ by, bookmarkId, target }, meta));
    return { bookmark: await this.#present({ ...target, addedAt: meta.now }, by), position };
  }

  /** Also of what is gone meanwhile; a bookmark that does not exist is none. */
  async remove(what: ToBookmark, by: Principal, asking: Asking): Promise<Position> {
    await this.#parts.limits.take('attention', by.memberId);
    const bookmarkId = this.#idOf(what, by.memberId);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    return (await this.#parts.writes.send(new RemoveBookmark({ by, bookmarkId }, meta))).position;
  }

  /** Newest first. Throws DomainError invalid (cursor). */
  async list(by: Principal, page: { readonly limit: number; readonly cursor: string | null }): Promise<Page<Bookmark>> {
    const { items, next } = await this.#parts.queries.execute(new GetKeptBookmarks(by.memberId, page));
    return { items: await Promise.all(items.map((item) => this.#present(item, by))), next };
  }

  /** Those of the comments that the member has marked. */
  async among(commentIds: readonly string[], memberId: string): Promise<readonly string[]> {
    if (!(await this.#hasAny(memberId))) return [];
    const ids = new Map(commentIds.map((commentId) => [commentId, this.#idOf({ commentId }, memberId)]));
    const standing = await this.#parts.queries.execute(new GetStandingBookmarks([...ids.values()]));
    return commentIds.filter((commentId) => standing.has(ids.get(commentId) ?? ''));
  }

  async hasPost(postId: string, memberId: string): Promise<boolean> {
    if (!(await this.#hasAny(memberId))) return false;
    const id = this.#idOf({ postId }, memberId);
    return (await this.#parts.queries.execute(new GetStandingBookmarks([id]))).has(id);
  }

  /** Most members have none, and then no id need be made for each comment of a page. */
  #hasAny(memberId: string): Promise<boolean> {
    return this.#parts.queries.execute(new HasBookmarks(memberId));
  }

  async #seen(what: ToBookmark, by: Principal): Promise<BookmarkTarget> {
    const { queries } = this.#parts;
    if ('commentId' in what) {
      const { id, postId } = await queries.execute(new GetComment(what.commentId, viewerOf(by)));
      return { postId, commentId: id };
    }
    const { id } = await queries.execute(new GetPost(what.postId, viewerOf(by), new Date().toISOString()));
    return { postId: id, commentId: null };
  }

  async #present({ postId, commentId, addedAt }: KeptBookmark, by: Principal): Promise<Bookmark> {
    const { queries } = this.#parts;
    const viewer = viewerOf(by);
    const post = await unlessGone(queries.execute(new GetPost(postId, viewer, new Date().toISOString())));
    const isShown = post !== null && commentId !== null;
    const comment = isShown ? await unlessGone(queries.execute(new GetComment(commentId, viewer))) : null;
    const named = post && { id: post.id, slug: post.slug, title: post.title, locale: post.locale };
    return { postId, commentId, addedAt, post: named, comment };
  }

  #idOf(what: ToBookmark, memberId: string): string {
    const place = 'commentId' in what ? ['comment', what.commentId] : ['post', what.postId];
    return this.#parts.names.kept(memberId, ['bookmark', ...place]);
  }
}
