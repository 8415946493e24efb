import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { type PackedSteps, stepsBack } from './packed-steps.ts';
import { CHANGE } from './thread.schema.ts';
import { isToldPosting, rowsOf, STEPS_IN_ROW } from './thread-steps.ts';

/** A change that readers are told of; `position` and the comment's number are decimal. */
export interface ChangeRow {
  readonly position: string;
  readonly at: number;
  /** Its place in CHANGES. */
  readonly kind: number;
  readonly comment: string | null;
}

interface Missed {
  /** The post's number. */
  readonly post: number;
  readonly after: bigint;
  readonly most: number;
}

const otherChanges = statement<ChangeRow>(`
  SELECT CAST(position AS TEXT) AS position, at, kind, CAST(comment AS TEXT) AS comment FROM thread_change
  WHERE post = ? AND position > ? ORDER BY thread_change.position LIMIT ?`);
const newestSteps = statement<PackedSteps>(
  'SELECT steps, codes FROM thread_step WHERE n >= ? AND n < ? ORDER BY n DESC',
);

/**
 * The changes of a thread after a position, in their order; null when there are more than `most`, or as many steps that
 * readers are not told of. Each thread keeps a fixed number of changes, so older ones may be missing.
 */
export function changesAfter(db: Database, missed: Missed): readonly ChangeRow[] | null {
  const { post, after, most } = missed;
  const others = otherChanges(db).all(post, after, most + 1);
  const postings = others.length > most ? null : postingsAfter(db, missed);
  if (postings === null || postings.length + others.length > most) return null;
  return [...postings, ...others].sort((one, other) => Number(BigInt(one.position) - BigInt(other.position)));
}

/** New comments, from the newest back; null when too many steps would have to be read. */
function postingsAfter(db: Database, { post, after, most }: Missed): readonly ChangeRow[] | null {
  const found: ChangeRow[] = [];
  const mostRows = Math.ceil(most / STEPS_IN_ROW) + 1;
  let rows = 0;
  for (const row of newestSteps(db).iterate(...rowsOf(post))) {
    rows += 1;
    if (rows > mostRows) return null;
    for (const { position, at, code } of stepsBack(row)) {
      if (position <= after) return found;
      const told = { position: String(position), at, kind: CHANGE.posted, comment: String(position) };
      if (isToldPosting(code)) found.push(told);
    }
  }
  return found;
}
