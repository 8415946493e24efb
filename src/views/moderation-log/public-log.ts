import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { invalidCursor, readOpaque, writeOpaque } from '../cursor.ts';

export interface PublicRow {
  readonly kind: string;
  readonly action: string;
  readonly reason: string | null;
  readonly undone: number;
  /** Days since 1970, UTC. */
  readonly day: number;
}

/** A reader's place in the log: this many entries of the day, and all of the days after it. */
interface Place {
  readonly day: number;
  readonly shown: number;
}

const DAY_MS = 86_400_000;
const LIST = 'public';
const NEWEST: Place = { day: 0x7fff_ffff, shown: 0 };

const entries = statement<PublicRow>(`
  SELECT kind, action, reason, undone, at / ${DAY_MS} AS day FROM entry
  WHERE kind IN ('decision', 'policy-verdict', 'sanction', 'sanction-lifted', 'appeal-decided', 'policy-set')
    AND at < @end
  ORDER BY at DESC, n DESC LIMIT @limit OFFSET @shown`);

/**
 * Decisions alone, newest first. The cursor tells a day and a count, since a place in the log would lead to the
 * comment. A decision of the same day that comes while somebody pages through is shown twice.
 */
export function publicPage(
  db: Database,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | null },
): { readonly rows: readonly PublicRow[]; readonly next: string | null } {
  const { day, shown } = cursor === null ? NEWEST : readPlace(cursor);
  const found = entries(db).all({ end: (day + 1) * DAY_MS, shown, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  if (found.length <= limit || !last) return { rows, next: null };
  const ofDay = rows.filter((row) => row.day === last.day).length;
  return { rows, next: writePlace({ day: last.day, shown: last.day === day ? shown + ofDay : ofDay }) };
}

function writePlace({ day, shown }: Place): string {
  const content = Buffer.alloc(8);
  content.writeInt32BE(day);
  content.writeInt32BE(shown, 4);
  return writeOpaque(content, LIST);
}

function readPlace(cursor: string): Place {
  const content = readOpaque(cursor, LIST);
  if (content.length !== 8) throw invalidCursor();
  return { day: content.readInt32BE(), shown: Math.max(0, content.readInt32BE(4)) };
}
