import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { invalidCursor, readNumberCursor } from '../cursor.ts';

/**
 * The order of a member's comments, the one said last first: those that a member has claimed were said long before the
 * forum had them. Both are about a table named `c`; the index `comment_said` has them but for `n`.
 */
export const SAID_BEFORE = 'c.created_at <= @at AND (c.created_at < @at OR c.n < @before)';
export const NEWEST_SAID = 'c.created_at DESC, c.n DESC';

/** Where a page begins: before the comment numbered `before`, which was said `at`, in milliseconds since 1970. */
export interface SaidPlace {
  readonly before: bigint;
  readonly at: number;
}

const saidAt = statement<{ at: number }>('SELECT created_at AS at FROM comment WHERE n = ?');
const NEWEST: SaidPlace = { before: 0x7fff_ffff_ffff_ffffn, at: Number.MAX_SAFE_INTEGER };

/** The first page for null. Throws DomainError invalid (field `cursor`). */
export function saidPlace(db: Database, cursor: string | null, list: string): SaidPlace {
  if (cursor === null) return NEWEST;
  const before = readNumberCursor(cursor, list);
  const said = saidAt(db).get(before);
  if (said === undefined) throw invalidCursor();
  return { before, at: said.at };
}
