import type { Views } from '../../../../libs/projections/index.ts';
import { postBy } from '../post-list.reads.ts';

/**
 * The title and place of a post, and the address of a page of another site, whoever may see it; null for a post that the
 * list does not know.
 */
export function titleOf(
  views: Pick<Views, 'db'>,
  postId: string,
): { readonly slug: string; readonly title: string; readonly url?: string } | null {
  const row = postBy(views.db('post-list'), postId);
  return row ? { slug: row.slug, title: row.title, ...(row.url !== null && { url: row.url }) } : null;
}

/** As `titleOf`; null for a post that is withdrawn or not published yet as well. `now` is in milliseconds since 1970. */
export function readableTitleOf(views: Pick<Views, 'db'>, postId: string, now: number): ReturnType<typeof titleOf> {
  const row = postBy(views.db('post-list'), postId);
  return row === undefined || row.withdrawn === 1 || row.publish_at > now ? null : titleOf(views, postId);
}
