import type { Database } from 'better-sqlite3';
import { commentNotFound } from '../../../libs/kernel/index.ts';
import { idText } from '../ids.ts';
import { seesHidden, type Viewer } from '../viewer.ts';
import { type CommentRow, knownComment, type Scope } from './thread.reads.ts';

/**
 * The amount that an answer tells of a comment: as much as a reader, its author or a moderator sees, or only that it
 * existed.
 */
export type Told = Scope['sees'] | 'nothing';

/**
 * A comment for a member who may remove it: a member that finds it, its author, and moderators, also where others no
 * longer find it. Throws DomainError `comment_not_found`.
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
 * The comment in the answer to a write. It refuses nobody: a recorded write is not answered with an error, even when
 * the comment or its post has vanished meanwhile.
 */
export function writtenComment(
  db: Database,
  commentId: string,
  viewer: Viewer,
): { readonly row: CommentRow; readonly sees: Told } {
  const { row, scope, isFound } = knownComment(db, commentId, viewer);
  return { row, sees: toldOf(row, viewer) ?? (isFound ? scope.sees : 'nothing') };
}

/** The amount that moderators and authors are told wherever the comment stands; null for others. */
function toldOf({ author }: CommentRow, viewer: Viewer): 'all' | 'own' | null {
  if (seesHidden(viewer)) return 'all';
  return viewer !== null && author !== null && idText(author) === viewer.memberId ? 'own' : null;
}
