import type { Database } from 'better-sqlite3';
import { isUuid } from '../../../../libs/kernel/index.ts';
import { changeMark, statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';
import type { PostListRow } from '../post-list.reads.ts';

type Columns = Pick<
  PostListRow,
  'id' | 'slug' | 'title' | 'url' | 'author' | 'byline' | 'withdrawn' | 'publish_at' | 'body' | 'excerpt' | 'locale'
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
  readonly excerpt: string | null;
}

/** Characters of a body that a search looks through for what to show. */
const MOST_BODY = 50_000;

const byId = statement<Columns>(`
  SELECT id, slug, title, url, author, byline, withdrawn, publish_at, locale, excerpt, substr(body, 1, ${MOST_BODY}) AS body
  FROM post WHERE id = ?`);
const placeById = statement<Omit<Columns, 'author' | 'byline' | 'body' | 'excerpt'>>(
  'SELECT id, slug, title, url, withdrawn, publish_at, locale FROM post WHERE id = ?',
);
const bySlug = statement<{ readonly id: Buffer }>('SELECT id FROM post WHERE slug = ? ORDER BY n LIMIT 1');

/** Null for a post that readers do not find now (milliseconds since 1970). */
export function foundPost(views: Pick<Views, 'db'>, id: Buffer, now: number): FoundPost | null {
  const row = byId(views.db('post-list')).get(id);
  if (!row || !isOut(row, now)) return null;
  const { author, byline, publish_at: publishAt, body, excerpt } = row;
  return { place: placeOf(row), author, byline, publishAt, body, excerpt };
}

type Place = FoundPost['place'];
interface KnownPlaces {
  readonly mark: string;
  readonly rows: Map<string, (Pick<Columns, 'withdrawn' | 'publish_at'> & { readonly place: Place }) | null>;
}

/** Posts whose places are in memory: the comments that searches find are in few. */
const MOST_KNOWN = 500;
const known = new WeakMap<Database, KnownPlaces>();

/** The place of a post by its id in hex, read once until anything in the list of posts changes; null for what readers do not find now. */
export function foundPlaces(views: Pick<Views, 'db'>, now: number): (id: string) => Place | null {
  const db = views.db('post-list');
  const { rows } = knownPlaces(db);
  return (id) => {
    let row = rows.get(id);
    if (row === undefined) {
      const read = placeById(db).get(Buffer.from(id, 'hex'));
      row = read ? { place: placeOf(read), withdrawn: read.withdrawn, publish_at: read.publish_at } : null;
      rows.set(id, row);
    }
    return row && isOut(row, now) ? row.place : null;
  };
}

function knownPlaces(db: Database): KnownPlaces {
  const mark = changeMark(db);
  const before = known.get(db);
  if (before?.mark === mark && before.rows.size < MOST_KNOWN) return before;
  const fresh: KnownPlaces = { mark, rows: new Map() };
  known.set(db, fresh);
  return fresh;
}

function isOut({ withdrawn, publish_at }: Pick<Columns, 'withdrawn' | 'publish_at'>, now: number): boolean {
  return withdrawn === 0 && publish_at <= now;
}

function placeOf({ id, slug, title, locale, url }: Pick<Columns, 'id' | 'slug' | 'title' | 'locale' | 'url'>): Place {
  return { id: idText(id), slug, title, locale, ...(url !== null && { url }) };
}

/** Null for an id that is none, and for a slug without a post. */
export function idOfPost(views: Pick<Views, 'db'>, idOrSlug: string): Buffer | null {
  if (isUuid(idOrSlug)) return idBytes(idOrSlug);
  return bySlug(views.db('post-list')).get(idOrSlug)?.id ?? null;
}
