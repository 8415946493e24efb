import type { Views } from '../../../../libs/projections/index.ts';
import { postBy } from '../post-list.reads.ts';

/** What a post is called and where it stands, whoever may see it; null for one that the list does not know. */
export function titleOf(
  views: Pick<Views, 'db'>,
  postId: string,
): { readonly slug: string; readonly title: string } | null {
  const row = postBy(views.db('post-list'), postId);
  return row ? { slug: row.slug, title: row.title } : null;
}
