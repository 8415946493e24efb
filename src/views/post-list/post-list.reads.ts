import type { Database, Statement } from 'better-sqlite3';
import { isUuid } from '../../../libs/kernel/index.ts';
import { statement } from '../../../libs/projections/index.ts';
import { composed, monthStart } from '../../../libs/words/index.ts';
import { invalidCursor, readOpaque, writeOpaque } from '../cursor.ts';
import { idBytes } from '../ids.ts';
import { foldTag } from './post-list.projection.ts';
import type { PostFilter } from './post-list.query-types.ts';
import { searchQuery } from './search-words.ts';

export interface PostListRow {
  readonly n: string;
  readonly id: Buffer;
  readonly slug: string;
  readonly title: string;
  readonly kind: string;
  readonly locale: string;
  readonly body: string;
  readonly excerpt: string | null;
  readonly tags: string;
  readonly author: Buffer | null;
  readonly byline: string | null;
  readonly publish_at: number;
  readonly edited_at: number | null;
  readonly withdrawn: number;
  readonly revision: number;
  readonly state: string;
  readonly slow_mode: number;
  readonly pinned: Buffer | null;
  /** Of a page of another site. */
  readonly url: string | null;
}

/** The columns of a list; of a body only its beginning. */
const LIST_COLUMNS = `CAST(p.n AS TEXT) AS n, p.id, p.slug, p.title, p.kind, p.locale, substr(p.body, 1, 8000) AS body,
  p.excerpt, p.tags, p.author, p.byline, p.publish_at, p.edited_at, p.withdrawn, p.revision, p.state, p.slow_mode, p.pinned, p.url`;
const DAY = 86_400_000;
const OUT = 'p.withdrawn = 0 AND p.publish_at <= @now';

const byId = statement<PostListRow>('SELECT * FROM post WHERE id = ?');
/** Of several discussions of one page, that which was recorded first is the page's. */
const byUrl = statement<PostListRow>('SELECT * FROM post WHERE url = ? ORDER BY n');
const firstByUrl = statement<{ readonly url: string; readonly id: Buffer }>(`
  SELECT s.value AS url, (SELECT id FROM post WHERE url = s.value ORDER BY n LIMIT 1) AS id FROM json_each(?) s
  WHERE EXISTS (SELECT 1 FROM post WHERE url = s.value)`);
const bySlug = statement<PostListRow>('SELECT * FROM post WHERE slug = ? ORDER BY n LIMIT 1');
const bounds = statement<{ first: number | null; last: number | null }>(
  `SELECT min(p.publish_at) AS first, max(p.publish_at) AS last FROM post p WHERE p.kind <> 'page' AND ${OUT}`,
);
const months = statement<{ month: string; count: number }>(`
  SELECT s.value ->> 0 AS month, count(*) AS count FROM json_each(@spans) s
  JOIN post p ON p.publish_at >= (s.value ->> 1) AND p.publish_at < (s.value ->> 2)
  WHERE p.kind <> 'page' AND ${OUT} GROUP BY month ORDER BY month DESC`);

export function postBy(db: Database, idOrSlug: string): PostListRow | undefined {
  const found = isUuid(idOrSlug) ? byId(db).get(idBytes(idOrSlug)) : undefined;
  return found ?? bySlug(db).get(composed(idOrSlug));
}

/** The discussions of a page of another site, by its address in force; the first is the page's, the others stand beside it. */
export function pagesAt(db: Database, url: string): readonly PostListRow[] {
  return byUrl(db).all(url);
}

/** The ids of the discussions of these pages, by address; those without one are left out. */
export function firstPagesAt(db: Database, urls: readonly string[]): ReadonlyMap<string, Buffer> {
  return new Map(
    firstByUrl(db)
      .all(JSON.stringify(urls))
      .map(({ url, id }) => [url, id]),
  );
}

/** The months of the zone with posts published at `now` (milliseconds since 1970), newest first. */
export function monthsWithPosts(db: Database, now: number, zone: string): readonly { month: string; count: number }[] {
  const { first = null, last = null } = bounds(db).get({ now }) ?? {};
  if (first === null || last === null) return [];
  const [year, end] = [new Date(first - DAY).getUTCFullYear(), new Date(last + DAY).getUTCFullYear()];
  const spans = Array.from({ length: 12 * (end - year + 1) }, (_, index) => spanOf(year, index + 1, zone));
  return months(db).all({ now, spans: JSON.stringify(spans.map(({ name, from, until }) => [name, from, until])) });
}

const addresses = statement<{ slug: string; changed: number }>(`
  SELECT p.slug, max(p.publish_at, coalesce(p.edited_at, 0)) AS changed FROM post p
  WHERE p.kind <> 'page' AND ${OUT} ORDER BY p.publish_at, p.n LIMIT @limit OFFSET @offset`);

/** The published posts of all lists, the first published first. */
export function postAddresses(
  db: Database,
  page: { readonly now: number; readonly limit: number; readonly offset: number },
): readonly { slug: string; changed: number }[] {
  return addresses(db).all(page);
}

const tagsInUse = statement<{ tag: string }>(`
  SELECT DISTINCT t.tag FROM post_tag t JOIN post p ON p.n = t.post
  WHERE p.kind <> 'page' AND ${OUT} ORDER BY t.tag LIMIT @limit`);

export function tagsInLists(db: Database, wish: { readonly now: number; readonly limit: number }): readonly string[] {
  return tagsInUse(db)
    .all(wish)
    .map(({ tag }) => tag);
}

export interface PostSelection {
  readonly filter: PostFilter;
  readonly limit: number;
  readonly cursor: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Includes scheduled and withdrawn posts. */
  readonly all: boolean;
  /** The zone in which months begin (IANA). */
  readonly zone: string;
}

/**
 * One page of posts, newest first. Pages of other sites are discussed there and not listed here. Throws DomainError
 * `invalid` (cursor).
 */
export function listPosts(db: Database, options: PostSelection): { rows: readonly PostListRow[]; next: string | null } {
  const { filter, limit, cursor, now, all, zone } = options;
  const match = filter.q === undefined ? undefined : searchQuery(filter.q);
  const month = filter.month === undefined ? undefined : monthSpan(filter.month, zone);
  if (match === null || month === null) return { rows: [], next: null };
  const list = JSON.stringify([filter.month, filter.tag, filter.q, filter.authorId, filter.withdrawn, filter.kind]);
  const place = cursor === null ? undefined : readPlace(cursor, list);
  const conditions = [
    "p.kind <> 'page'",
    ...(all ? [] : [OUT]),
    ...(filter.kind === undefined ? [] : ['p.kind = @kind']),
    ...(filter.withdrawn === true ? ['p.withdrawn = 1'] : []),
    ...(month ? ['p.publish_at >= @from AND p.publish_at < @until'] : []),
    ...(filter.tag === undefined ? [] : ['p.n IN (SELECT post FROM post_tag WHERE tag = @tag)']),
    ...(filter.authorId === undefined ? [] : ['p.author = @author']),
    ...(match === undefined ? [] : ['p.n IN (SELECT rowid FROM post_text WHERE post_text MATCH @match)']),
    ...(place ? ['(p.publish_at, p.n) < (@at, @n)'] : []),
  ];
  const tag = foldTag(filter.tag ?? '');
  const author = filter.authorId === undefined ? null : idBytes(filter.authorId);
  const rows = listing(db, conditions).all({
    ...place,
    ...month,
    tag,
    author,
    match,
    now,
    kind: filter.kind,
    limit: limit + 1,
  });
  const last = rows[limit - 1];
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? writePlace(last, list) : null };
}

const listings = new Map<string, (db: Database) => Statement<unknown[], PostListRow>>();

function listing(db: Database, conditions: readonly string[]): Statement<unknown[], PostListRow> {
  const where = conditions.join(' AND ');
  let known = listings.get(where);
  if (!known) {
    known = statement<PostListRow>(
      `SELECT ${LIST_COLUMNS} FROM post p WHERE ${where} ORDER BY p.publish_at DESC, p.n DESC LIMIT @limit`,
    );
    listings.set(where, known);
  }
  return known(db);
}

interface MonthSpan {
  readonly from: number;
  readonly until: number;
}

/** The span of a month in the zone; null for a malformed month. */
function monthSpan(month: string, zone: string): MonthSpan | null {
  const parts = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (!parts) return null;
  const { from, until } = spanOf(Number(parts[1]), Number(parts[2]), zone);
  return { from, until };
}

/** More than 12 months are of the following years. */
function spanOf(year: number, month: number, zone: string): MonthSpan & { readonly name: string } {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const name = first.toISOString().slice(0, 7);
  return { name, from: monthStart(zone, year, month), until: monthStart(zone, year, month + 1) };
}

function writePlace({ publish_at: at, n }: PostListRow, list: string): string {
  const content = Buffer.alloc(16);
  content.writeBigInt64BE(BigInt(at), 0);
  content.writeBigInt64BE(BigInt(n), 8);
  return writeOpaque(content, list);
}

function readPlace(cursor: string, list: string): { readonly at: bigint; readonly n: bigint } {
  const content = readOpaque(cursor, list);
  if (content.length !== 16) throw invalidCursor();
  return { at: content.readBigInt64BE(0), n: content.readBigInt64BE(8) };
}
