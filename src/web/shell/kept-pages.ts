import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import { CompressedOnce } from '../../../libs/compression/index.ts';
import { type Projected, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { isMemberProjected } from '../../views/members/members.query-types.ts';
import { isPostProjected } from '../../views/post-list/post-list.query-types.ts';
import { isThreadProjected } from '../../views/thread/thread.query-types.ts';
import type { Frame } from './frame.ts';
import { nextMinute } from './whole-minute.ts';

/** Of all kept pages together, as HTML; what is compressed of them is about a third more. */
const MOST_BYTES = 24 * 1024 * 1024;

/** One thing that a page shows: when it changes, the page is made anew. */
export type Shown = `post ${string}` | `member ${string}` | 'the list of posts';
export const LIST_OF_POSTS: Shown = 'the list of posts';
export const postShown = (id: string): Shown => `post ${id}`;
export const memberShown = (id: string): Shown => `member ${id}`;

/** Under which a page is kept, and the minute in which it tells the time. */
export interface PageKey {
  readonly name: string;
  readonly now: number;
}

/**
 * Of the page at this path (with its query) when it is the same for everybody without an account; null for a member, in the
 * demo, and for an address that is spelled otherwise or asks for more.
 */
export function sharedKey({ member, demo, here, now, translator }: Frame, path: string): PageKey | null {
  return member === null && !demo && here === path ? { name: `${translator.locale} ${path}`, now } : null;
}

/** A page for all readers without an account. */
export interface MadePage {
  readonly page: JSX.Element;
  readonly shows: readonly Shown[];
  /** Milliseconds since 1970 from which on it is another one, though nothing is recorded then: a scheduled post is out. */
  readonly until?: number;
}

interface Kept {
  readonly html: Buffer;
  /** Of the HTML, for entity tags. */
  readonly tag: string;
  readonly shows: readonly Shown[];
  /** When it was made, and from when on it is not shown any more: milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
}

interface UnderWay {
  readonly page: Promise<Kept>;
  readonly from: number;
  /** What has changed since it was begun; null for all that there is. */
  changed: Set<Shown> | null;
}

/**
 * Pages as everybody without an account gets them, made once: until something that they show changes, or the minute is over
 * in which they tell the time. Nothing of any member is ever on them.
 */
@Injectable()
export class KeptPages implements OnModuleDestroy {
  readonly #compressed = new CompressedOnce();
  readonly #kept = new LRUCache<string, Kept>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ html, shows }) => html.length + 100 * shows.length + 500,
    dispose: ({ shows }, key) => this.#unlist(key, shows),
  });
  /** The keys of the pages that show something: a comment must not cost a look at every page. */
  readonly #keysOf = new Map<Shown, Set<string>>();
  readonly #underWay = new Map<string, UnderWay>();
  readonly #stop: () => void;
  #made = 0;
  #answered = 0;

  constructor(@Inject(VIEWS) views: Pick<Views, 'onProjected'>) {
    this.#stop = views.onProjected((projected) => this.#hear(projected));
  }

  /** Answers and pages since the start, and what is kept now. */
  get state(): {
    readonly answered: number;
    readonly made: number;
    readonly bytes: number;
  } {
    return { answered: this.#answered, made: this.#made, bytes: this.#kept.calculatedSize };
  }

  /**
   * Sends the page of this key; whoever has it already is told so (RFC 9110, 13.1.2). Throws what `make` throws, and keeps nothing then.
   */
  async send(
    key: PageKey,
    make: () => Promise<MadePage>,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const { html, tag } = this.#standing(key.name) ?? (await this.#page(key, make));
    const { bytes, coding } = await this.#compressed.for(html, request.headers['accept-encoding']);
    this.#answered += 1;
    const etag = `"${tag}${coding === null ? '' : `-${coding}`}"`;
    reply.header('cache-control', 'no-cache').header('vary', 'Accept-Encoding, Accept-Language, Cookie');
    reply.header('etag', etag);
    if (isAmong(request.headers['if-none-match'], etag)) {
      reply.code(304).send();
      return;
    }
    if (coding !== null) reply.header('content-encoding', coding);
    reply.code(200).header('content-type', 'text/html; charset=utf-8').send(bytes);
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
    for (const underWay of this.#underWay.values()) underWay.changed = null;
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  #standing(name: string): Kept | undefined {
    const kept = this.#kept.get(name);
    return kept !== undefined && isOfNow(kept) ? kept : undefined;
  }

  /** Readers who come while it is made wait for it, unless something has changed since it was begun. */
  #page({ name, now: from }: PageKey, make: () => Promise<MadePage>): Promise<Kept> {
    const running = this.#underWay.get(name);
    if (running?.changed?.size === 0 && running.from === from) return running.page;
    const page = make().then((made) => keptOf(made, from));
    const underWay: UnderWay = { page, from, changed: new Set() };
    this.#underWay.set(name, underWay);
    const end = (kept: Kept | null): void => {
      if (this.#underWay.get(name) === underWay) this.#underWay.delete(name);
      const { changed } = underWay;
      if (kept === null || changed === null || kept.shows.some((shown) => changed.has(shown))) return;
      this.#keep(name, kept);
    };
    page.then(end, () => end(null));
    this.#made += 1;
    return page;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.set(key, kept);
    if (!this.#kept.has(key)) return;
    for (const shown of kept.shows) this.#keysOf.set(shown, (this.#keysOf.get(shown) ?? new Set()).add(key));
  }

  #unlist(key: string, shows: readonly Shown[]): void {
    for (const shown of shows) {
      const keys = this.#keysOf.get(shown);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(shown);
    }
  }

  #hear(projected: readonly Projected[]): void {
    if (projected.some(({ renewed }) => renewed)) return this.clear();
    const changed = new Set(projected.flatMap(changedIn));
    if (changed.size === 0) return;
    for (const shown of changed) for (const key of [...(this.#keysOf.get(shown) ?? [])]) this.#kept.delete(key);
    for (const underWay of this.#underWay.values()) for (const shown of changed) underWay.changed?.add(shown);
  }
}

function changedIn({ view, changes }: Projected): readonly Shown[] {
  switch (view) {
    case 'thread':
      return changes.filter(isThreadProjected).map(({ postId }) => postShown(postId));
    case 'post-list': {
      const posts = changes.filter(isPostProjected).map(({ changedPostId }) => postShown(changedPostId));
      return posts.length === 0 ? [] : [...posts, LIST_OF_POSTS];
    }
    case 'members':
      return changes
        .filter(isMemberProjected)
        .filter(({ endedSessionId }) => endedSessionId === null)
        .map(({ memberId }) => memberShown(memberId));
    default:
      return [];
  }
}

function keptOf({ page, shows, until = Number.POSITIVE_INFINITY }: MadePage, from: number): Kept {
  const html = Buffer.from(`<!doctype html>${render(page)}`);
  const tag = createHash('sha256').update(html).digest('base64url').slice(0, 22);
  return { html, tag, shows: [...new Set(shows)], from, until: Math.min(until, nextMinute(from)) };
}

/** A clock that was set back shows no page of the future. */
function isOfNow({ from, until }: Kept): boolean {
  const now = Date.now();
  return from <= now && now < until;
}

/** Whether one of the entity tags of an `If-None-Match` is this one; the comparison is the weak one. */
function isAmong(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((each) => [etag, `W/${etag}`, '*'].includes(each.trim()));
}
