import type { Database } from 'better-sqlite3';
import { commentNotFound } from '../../../libs/kernel/index.ts';
import { idText } from '../ids.ts';
import { seesHidden, type Viewer } from '../viewer.ts';
import { type CommentRow, knownComment, type Scope } from './thread.reads.ts';

/** How much of a comment is told: as to a reader, its author or a moderator, or nothing but that it was there. */
export type Told = Scope['sees'] | 'nothing';

/**
 * A comment for whoever may remove it: those who find it, its author and moderators, also where it is found no more. Throws
 * DomainError `comment_not_found`.
 */
export function removableComment(
  db: Database,
  commentId: string,
  viewer: Viewer,
): { readonly row: CommentRow; readonly sees: Scope['sees'] } {
  const { row, sees } = writtenComment(db, commentId, viewer);
  if (sees === 'nothing') throw commentNotFound();
  return { row, sees };
}

/**
 * A comment as whoever wrote to it is answered. It refuses nobody: what the log has is not answered with an error, though the
 * comment or its post may have vanished in the meantime.
 */
export function writtenComment(
  db: Database,
  commentId: string,
  viewer: Viewer,
): { readonly row: CommentRow; readonly sees: Told } {
  const { row, scope, isFound } = knownComment(db, commentId, viewer);
  return { row, sees: toldOf(row, viewer) ?? (isFound ? scope.sees : 'nothing') };
}

/** What moderators and authors are told of it wherever it stands; null for others. */
function toldOf({ author }: CommentRow, viewer: Viewer): 'all' | 'own' | null {
  if (seesHidden(viewer)) return 'all';
  return viewer !== null && author !== null && idText(author) === viewer.memberId ? 'own' : null;
}
