import { isUuid } from '../../../../libs/kernel/index.ts';
import { reading, statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';
import { NEWEST_SAID } from '../said-order.ts';
import type { SealedText } from './comment-texts.ts';

/** One of an author's texts, still sealed. */
export interface NewestText extends SealedText {
  /** Milliseconds since 1970. */
  readonly created_at: number;
}

const authorBy = statement<{ n: number; comments: number }>('SELECT n, comments FROM author WHERE id = ?');
const newest = statement<NewestText>(`
  SELECT id, created_at, edited_at, CAST(n AS TEXT) AS posted, CAST(coalesce(position, n) AS TEXT) AS position, sealed
  FROM comment c WHERE author = ? ORDER BY ${NEWEST_SAID} LIMIT ?`);
const authorOf = statement<{ id: Buffer }>(`
  SELECT author.id FROM comment JOIN author ON author.n = comment.author WHERE comment.id = ?`);

/**
 * The texts that a member wrote last, `most` at most, and the number of its visible comments, both from one state of the
 * file.
 */
export function newestTextsOf(
  views: Pick<Views, 'db'>,
  memberId: string,
  most: number,
): { readonly rows: readonly NewestText[]; readonly visible: number } {
  return reading(views.db('thread'), (db) => {
    const author = isUuid(memberId) ? authorBy(db).get(idBytes(memberId)) : undefined;
    return author ? { rows: newest(db).all(author.n, most), visible: author.comments } : { rows: [], visible: 0 };
  });
}

/** The author of a comment; null for imported people and for an unknown comment. */
export function authorOfComment(views: Pick<Views, 'db'>, commentId: string): string | null {
  const author = authorOf(views.db('thread')).get(idBytes(commentId));
  return author ? idText(author.id) : null;
}
