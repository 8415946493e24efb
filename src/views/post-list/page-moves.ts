import type { DiscussionOfPage, JoinedPages } from '../../../libs/client/index.ts';
import { Slices } from '../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { pageAddress } from '../../domain/post/page-address.ts';
import { answering } from '../answering.ts';
import { commentsUnder } from '../thread/door/counts.ts';
import { GetPageMoves } from './post-list.query-types.ts';

interface PageRow {
  /** Decimal. */
  readonly n: string;
  readonly id: Buffer;
  readonly slug: string;
  readonly title: string;
  readonly first_url: string;
  readonly url: string;
}

/** The most meetings that are told one by one. */
const MOST_TOLD = 50;
const AT_ONCE = 200;

const pagesAfter = statement<PageRow>(`
  SELECT CAST(n AS TEXT) AS n, id, slug, title, first_url, url FROM post
  WHERE first_url IS NOT NULL AND withdrawn = 0 AND post.n > ? ORDER BY post.n LIMIT ${AT_ONCE}`);

/** What other rules would do to the recorded pages. All of them are looked at, in slices that keep nobody waiting. */
export const pageMovesQuery = answering(GetPageMoves, { views: VIEWS }, async ({ rules }, { views }) => {
  const slices = new Slices();
  const places = new Map<string, PageRow[]>();
  let [pages, moving] = [0, 0];
  for (let after = 0n; ; ) {
    const rows = pagesAfter(views.db('post-list')).all(after);
    for (const row of rows) {
      const place = await slices.run(() => pageAddress(row.first_url, rules).url);
      const there = places.get(place);
      if (there === undefined) places.set(place, [row]);
      else there.push(row);
      pages += 1;
      if (place !== row.url) moving += 1;
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = BigInt(last.n);
  }
  const meetings = [...places].filter(([, rows]) => rows.some(({ url }) => url !== rows[0]?.url));
  const joins = meetings.slice(0, MOST_TOLD).flatMap(([url, rows]) => joined(url, rows, views));
  return { pages, moving, joining: meetings.length, joins };
});

function joined(url: string, rows: readonly PageRow[], views: Views): readonly JoinedPages[] {
  const [first, ...others] = rows.map((row) => told(row, views));
  return first === undefined ? [] : [{ url, shown: first, others }];
}

function told({ id, slug, title, url }: PageRow, views: Views): DiscussionOfPage {
  return { slug, title, url, commentCount: commentsUnder(views, id) };
}
