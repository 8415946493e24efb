import type { Views } from '../../../../libs/projections/index.ts';
import { commentsBy, visibleComments } from '../thread.reads.ts';

/** Comments that everybody can read under a post. */
export function commentsUnder(views: Pick<Views, 'db'>, postId: Buffer): number {
  return visibleComments(views.db('thread'), postId);
}

/** Visible comments that a member wrote. */
export function commentsWrittenBy(views: Pick<Views, 'db'>, memberId: string): number {
  return commentsBy(views.db('thread'), memberId);
}
