import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import type { PostListRow } from './post-list.reads.ts';

/** Everything that was published and is not withdrawn, pages of other sites too; `now` in milliseconds since 1970. */
const PUBLIC = 'withdrawn = 0 AND publish_at <= @now';

const after = statement<PostListRow>(`SELECT * FROM post WHERE ${PUBLIC} AND n > @after ORDER BY n LIMIT @limit`);
const writers = statement<Pick<PostListRow, 'author' | 'byline'>>(
  `SELECT author, byline FROM post WHERE ${PUBLIC} GROUP BY author, byline ORDER BY min(n)`,
);
const counted = statement<{ readonly count: number }>(`SELECT count(*) AS count FROM post WHERE ${PUBLIC}`);

/** The posts that everybody can read, in the order in which the log has them; `after` is the number of the last one had. */
export function publicPosts(
  db: Database,
  wish: { readonly now: number; readonly after: number; readonly limit: number },
): readonly PostListRow[] {
  return after(db).all(wish);
}

/** Who wrote them, each once, the first first. */
export function writersOfPublicPosts(db: Database, now: number): readonly Pick<PostListRow, 'author' | 'byline'>[] {
  return writers(db).all({ now });
}

export function countPublicPosts(db: Database, now: number): number {
  return counted(db).get({ now })?.count ?? 0;
}
