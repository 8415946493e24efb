import type { Views } from '../../../../libs/projections/index.ts';
import { postBy } from '../post-list.reads.ts';

/** The title and place of a post, whoever may see it; null for a post that the list does not know. */
export function titleOf(
  views: Pick<Views, 'db'>,
  postId: string,
): { readonly slug: string; readonly title: string } | null {
  const row = postBy(views.db('post-list'), postId);
  return row ? { slug: row.slug, title: row.title } : null;
}
