import { isUuid } from '../../../../libs/kernel/index.ts';
import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';
import type { PostListRow } from '../post-list.reads.ts';

type Columns = Pick<
  PostListRow,
  'id' | 'slug' | 'title' | 'url' | 'author' | 'byline' | 'withdrawn' | 'publish_at' | 'body' | 'locale'
>;

/** What a search shows of a post. */
export interface FoundPost {
  readonly place: {
    readonly id: string;
    readonly slug: string;
    readonly title: string;
    /** BCP 47. */
    readonly locale: string;
    readonly url?: string;
  };
  readonly author: Buffer | null;
  readonly byline: string | null;
  /** Milliseconds since 1970. */
  readonly publishAt: number;
  /** Its beginning. */
  readonly body: string;
}

/** Characters of a body that a search looks through for what to show. */
const MOST_BODY = 50_000;

const byId = statement<Columns>(`
  SELECT id, slug, title, url, author, byline, withdrawn, publish_at, locale, substr(body, 1, ${MOST_BODY}) AS body
  FROM post WHERE id = ?`);
const bySlug = statement<{ readonly id: Buffer }>('SELECT id FROM post WHERE slug = ? ORDER BY n LIMIT 1');

/** Null for a post that readers do not find now (milliseconds since 1970). */
export function foundPost(views: Pick<Views, 'db'>, id: Buffer, now: number): FoundPost | null {
  const row = byId(views.db('post-list')).get(id);
  if (!row || row.withdrawn === 1 || row.publish_at > now) return null;
  const { slug, title, url, author, byline, locale, publish_at: publishAt, body } = row;
  return {
    place: { id: idText(row.id), slug, title, locale, ...(url !== null && { url }) },
    author,
    byline,
    publishAt,
    body,
  };
}

/** Null for an id that is none, and for a slug without a post. */
export function idOfPost(views: Pick<Views, 'db'>, idOrSlug: string): Buffer | null {
  if (isUuid(idOrSlug)) return idBytes(idOrSlug);
  return bySlug(views.db('post-list')).get(idOrSlug)?.id ?? null;
}
