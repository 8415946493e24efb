import type { Database } from 'better-sqlite3';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { invalidCursor, readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idText } from '../ids.ts';
import { commentsUnderAll } from '../thread/door/counts.ts';
import { type DiscussedSite, ListSitePages, ListSites } from './post-list.query-types.ts';
import type { PostListRow } from './post-list.reads.ts';

/** The most sites of one answer; who may show discussions are few, and an import brings those of its own pages. */
const MOST_SITES = 200;

const OUT = 'withdrawn = 0 AND publish_at <= @now';
const BEHIND = 0x7fff_ffff_ffff_ffffn;

const nextAddress = statement<{ readonly url: string }>(
  `SELECT url FROM post WHERE url > @after AND ${OUT} ORDER BY url LIMIT 1`,
);
const counted = statement<{ readonly count: number }>(
  `SELECT count(*) AS count FROM post WHERE url >= @from AND url < @until AND ${OUT}`,
);
const ofSite = statement<PostListRow>(`
  SELECT * FROM post WHERE url >= @from AND url < @until AND ${OUT} AND (url > @at OR (url = @at AND n > @after))
  ORDER BY url, n LIMIT @limit`);
const addressOf = statement<{ readonly url: string }>('SELECT url FROM post WHERE n = ? AND url IS NOT NULL');

/** All addresses of a site stand between these two: `0` is what comes after `/`. */
function spanOf(site: string): { readonly from: string; readonly until: string } {
  return { from: `${site}/`, until: `${site}0` };
}

/** Each is found by one look into the index, however many pages the one before has. */
function sitesIn(db: Database, now: number): readonly DiscussedSite[] {
  const sites: DiscussedSite[] = [];
  for (let after = ''; sites.length < MOST_SITES; ) {
    const url = nextAddress(db).get({ after, now })?.url;
    if (url === undefined) break;
    const origin = URL.parse(url)?.origin ?? '';
    const { from, until } = spanOf(origin);
    // An address of another form is passed by itself, so that the walk always goes on.
    after = url.startsWith(from) ? until : url;
    if (after === until) sites.push({ site: origin, pages: counted(db).get({ from, until, now })?.count ?? 0 });
  }
  return sites;
}

export const siteListQuery = answering(ListSites, { views: VIEWS }, ({ now }, { views }) =>
  sitesIn(views.db('post-list'), Date.parse(now)),
);

export const sitePagesQuery = answering(
  ListSitePages,
  { views: VIEWS },
  ({ site, page: { limit, cursor }, now }, { views }) =>
    reading(views.db('post-list'), (db) => {
      const after = cursor === null ? BEHIND : readNumberCursor(cursor, `pages of ${site}`);
      const at = cursor === null ? '' : addressOf(db).get(after)?.url;
      if (at === undefined) throw invalidCursor();
      const wish = { ...spanOf(site), at, after, now: Date.parse(now), limit: limit + 1 };
      const found = ofSite(db).all(wish);
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      const counts = commentsUnderAll(
        views,
        rows.map(({ id }) => id),
      );
      return {
        items: rows.map(({ id, slug, title, locale, url }) => {
          return { slug, title, locale, url: url ?? '', commentCount: counts.get(idText(id)) ?? 0 };
        }),
        next: found.length > limit && last ? writeNumberCursor(BigInt(last.n), `pages of ${site}`) : null,
      };
    }),
);
