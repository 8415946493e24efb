import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Database } from 'better-sqlite3';
import { oldAddressKey } from '../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { seesUnpublished } from '../viewer.ts';
import { foldTag } from './post-list.projection.ts';
import { FindMoved } from './post-list.query-types.ts';

interface Found {
  readonly slug: string;
  readonly publishAt: number;
  readonly withdrawn: number;
}

const movedPost = statement<Found>(`
  SELECT p.slug, p.publish_at AS publishAt, p.withdrawn FROM old_address a JOIN post p ON p.n = a.post WHERE a.address = ?`);
const tagged = statement<{ readonly tag: string }>('SELECT tag FROM post_tag WHERE tag = ? LIMIT 1');

/** The pages of a blog that show many posts, where such a page is here too. */
const LISTS: readonly (readonly [pattern: RegExp, path: (db: Database, parts: readonly string[]) => string | null])[] =
  [
    [/^\/(?:category|tag)\/(?:[^/]+\/)*([^/]+)$/, (db, [, name = '']) => tagPath(db, name)],
    [/^\/(\d{4})\/(0[1-9]|1[0-2])(?:\/\d{2})?$/, (_, [, year, month]) => `/archive/${year}/${month}`],
  ];

@QueryHandler(FindMoved)
export class FindMovedHandler implements IQueryHandler<FindMoved> {
  readonly #views: Views;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
  }

  async execute({ address, viewer, now }: FindMoved): Promise<string | null> {
    const key = oldAddressKey(address);
    if (key === null) return null;
    const db = this.#views.db('post-list');
    const post = movedPost(db).get(key);
    if (post !== undefined) {
      const isPublic = post.withdrawn === 0 && post.publishAt <= Date.parse(now);
      return isPublic || seesUnpublished(viewer) ? `/posts/${encodeURIComponent(post.slug)}` : null;
    }
    for (const [pattern, path] of LISTS) {
      const parts = pattern.exec(key);
      if (parts !== null) return path(db, parts);
    }
    return null;
  }
}

/** An address has the tag's words with hyphens between them. */
function tagPath(db: Database, name: string): string | null {
  for (const tag of [name, name.replaceAll('-', ' ')]) {
    if (tagged(db).get(foldTag(tag)) !== undefined) return `/tags/${encodeURIComponent(tag)}`;
  }
  return null;
}
