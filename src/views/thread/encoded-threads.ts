import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { CommentPage } from '../../../libs/client/index.ts';
import { type Projected, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { isMemberProjected } from '../members/members.query-types.ts';
import { type EncodedPage, isThreadProjected } from './thread.query-types.ts';
import { type PageQuery, ThreadPages } from './thread-pages.ts';

const MOST_BYTES = 64 * 1024 * 1024;

/** A page's JSON around its position, which moves on while the thread stays as it is. */
interface Kept {
  readonly postId: string;
  readonly authors: ReadonlySet<string>;
  /** What follows the position. */
  readonly rest: Buffer;
  readonly readAt: bigint;
  newest: EncodedPage;
}

/** Pages as bytes, encoded once for all plain readers, until their thread or one of its authors changes. */
@Injectable()
export class EncodedThreads implements OnModuleDestroy {
  readonly #views: Views;
  readonly #pages: ThreadPages;
  readonly #kept = new LRUCache<string, Kept>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ rest, newest }) => rest.length + newest.json.length + 500,
    dispose: ({ postId }, key) => this.#unlist(postId, key),
  });
  /** The keys of the kept pages of each post: a comment must not cost a look at every page of the forum. */
  readonly #keysOf = new Map<string, Set<string>>();
  /** Pages being read now; one that is not here any more when it is done was outdated meanwhile and is not kept. */
  readonly #underWay = new Map<string, { readonly postId: string; readonly page: Promise<Kept> }>();
  readonly #stop: () => void;

  constructor(@Inject(VIEWS) views: Views, @Inject(ThreadPages) pages: ThreadPages) {
    this.#views = views;
    this.#pages = pages;
    this.#stop = views.onProjected((projected) => this.#forget(projected));
  }

  /** Throws DomainError `post_not_found`, `invalid` (cursor). */
  async page(query: PageQuery): Promise<EncodedPage> {
    if (!this.#pages.isPlainReader(query.postId, query.viewer)) {
      const page = await this.#pages.page(query);
      return { ...encode(query.postId, page).newest, items: page.items };
    }
    const { sort, limit, cursor } = query.options;
    const key = `${query.postId} ${sort} ${limit} ${cursor ?? ''}`;
    const kept = this.#kept.get(key);
    return kept ? this.#atPosition(kept) : (await this.#read(key, query)).newest;
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  #read(key: string, { postId, options }: PageQuery): Promise<Kept> {
    const running = this.#underWay.get(key);
    if (running) return running.page;
    const page = this.#pages.page({ postId, options, viewer: null }).then((read) => encode(postId, read));
    const entry = { postId, page };
    this.#underWay.set(key, entry);
    const end = (kept: Kept | null): void => {
      if (this.#underWay.get(key) !== entry) return;
      this.#underWay.delete(key);
      if (kept) this.#keep(key, kept);
    };
    page.then(end, () => end(null));
    return page;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.set(key, kept);
    if (!this.#kept.has(key)) return;
    const keys = this.#keysOf.get(kept.postId) ?? new Set();
    this.#keysOf.set(kept.postId, keys.add(key));
  }

  #unlist(postId: string, key: string): void {
    const keys = this.#keysOf.get(postId);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysOf.delete(postId);
  }

  /** Nothing in the thread has changed since it was read, so it is the same at the views' position. */
  #atPosition(kept: Kept): EncodedPage {
    const now = this.#views.position();
    const position = now > kept.readAt ? now : kept.readAt;
    if (kept.newest.position !== position) kept.newest = { json: join(position, kept.rest), position };
    return kept.newest;
  }

  #forget(projected: readonly Projected[]): void {
    for (const { view, changes, renewed } of projected) {
      if (renewed) this.#forgetAll();
      if (view === 'thread') this.#forgetPosts(new Set(changes.filter(isThreadProjected).map(({ postId }) => postId)));
      if (view === 'members') {
        const members = changes.filter(isMemberProjected).filter(({ endedSessionId }) => endedSessionId === null);
        if (members.length > 0) this.#forgetAuthors(members.map(({ memberId }) => memberId));
      }
    }
  }

  #forgetAll(): void {
    this.#kept.clear();
    this.#underWay.clear();
  }

  #forgetPosts(postIds: ReadonlySet<string>): void {
    for (const postId of postIds) for (const key of [...(this.#keysOf.get(postId) ?? [])]) this.#kept.delete(key);
    for (const [key, { postId }] of this.#underWay) if (postIds.has(postId)) this.#underWay.delete(key);
  }

  #forgetAuthors(memberIds: readonly string[]): void {
    for (const [key, { authors }] of this.#kept.entries()) {
      if (memberIds.some((id) => authors.has(id))) this.#kept.delete(key);
    }
    this.#underWay.clear();
  }
}

const POSITION = '{"position":"';

function encode(postId: string, page: CommentPage): Kept {
  const { position, ...others } = page;
  const rest = Buffer.from(`",${JSON.stringify(others).slice(1)}`);
  const readAt = BigInt(position);
  const newest = { json: join(readAt, rest), position: readAt };
  const authors = new Set(page.items.flatMap(({ author }) => (author?.id ? [author.id] : [])));
  return { postId, authors, rest, readAt, newest };
}

function join(position: bigint, rest: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${POSITION}${position}`), rest]);
}
