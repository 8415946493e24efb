import { isUuid } from '../../../../libs/kernel/index.ts';
import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes } from '../../ids.ts';
import type { PostListRow } from '../post-list.reads.ts';

type TitleRow = Pick<PostListRow, 'slug' | 'title' | 'url' | 'withdrawn' | 'publish_at'>;

/** Without the body, which may be long. */
const titleRow = statement<TitleRow>('SELECT slug, title, url, withdrawn, publish_at FROM post WHERE id = ?');

export interface PostTitle {
  readonly slug: string;
  readonly title: string;
  /** Of a page of another site. */
  readonly url?: string;
}

/**
 * The title and place of a post, and the address of a page of another site, whoever may see it; null for a post that the
 * list does not know.
 */
export function titleOf(views: Pick<Views, 'db'>, postId: string): PostTitle | null {
  const row = rowOf(views, postId);
  return row === undefined ? null : titleIn(row);
}

/** As `titleOf`; null for a post that is withdrawn or not published yet as well. `now` is in milliseconds since 1970. */
export function readableTitleOf(views: Pick<Views, 'db'>, postId: string, now: number): PostTitle | null {
  const row = rowOf(views, postId);
  return row === undefined || row.withdrawn === 1 || row.publish_at > now ? null : titleIn(row);
}

function rowOf(views: Pick<Views, 'db'>, postId: string): TitleRow | undefined {
  return isUuid(postId) ? titleRow(views.db('post-list')).get(idBytes(postId)) : undefined;
}

function titleIn({ slug, title, url }: TitleRow): PostTitle {
  return { slug, title, ...(url !== null && { url }) };
}
