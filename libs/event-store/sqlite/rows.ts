import type Database from 'better-sqlite3';
import type { Json } from '../../kernel/index.ts';
import type { RecordedEvent } from '../port.ts';

/** The id as hex text costs half as much as its bytes. */
const ENVELOPE = `position, lower(hex(id)), stream, revision, type, recorded_at, occurred_at, actor, correlation_id,
  causation_id, data`;

export const COLUMNS = `${ENVELOPE}, sealed`;

/** A row of COLUMNS, integers as bigints. */
export type EventRow = [
  bigint,
  string,
  string,
  bigint,
  string,
  string,
  string,
  string,
  string,
  string | null,
  string,
  Buffer | null,
];

export function decoded(row: EventRow): RecordedEvent {
  const data: Json = JSON.parse(row[10]);
  return {
    id: uuid(row[1]),
    stream: row[2],
    revision: row[3],
    position: row[0],
    type: row[4],
    recordedAt: row[5],
    occurredAt: row[6],
    actor: row[7],
    correlationId: row[8],
    causationId: row[9],
    data,
    sealed: row[11],
  };
}

function uuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * Reads rows upwards with their sealed parts as one run of bytes: a Buffer made by SQLite costs half as much as a row,
 * a slice of another Buffer almost nothing. A kept part keeps its whole run in memory.
 */
export class RowsTogether {
  readonly #rows: Database.Statement<unknown[], EventRow>;
  readonly #sealed: Database.Statement<unknown[], [Buffer | null, string | null]>;
  /** Both statements see the same log. */
  readonly #read: (after: bigint, until: bigint, limit: number) => readonly EventRow[];

  constructor(db: Database.Database) {
    const span = 'position > ? AND position <= ? ORDER BY position';
    this.#rows = db.prepare<unknown[], EventRow>(`SELECT ${ENVELOPE}, NULL FROM events WHERE ${span} LIMIT ?`);
    this.#rows.raw().safeIntegers();
    this.#sealed = db.prepare<unknown[], [Buffer | null, string | null]>(`
      SELECT CAST(group_concat(sealed, '') AS BLOB), group_concat(coalesce(length(sealed), -1))
      FROM (SELECT sealed FROM events WHERE ${span})`);
    this.#sealed.raw();
    this.#read = db.transaction((after: bigint, until: bigint, limit: number) => this.#together(after, until, limit));
  }

  /** Positions after `after` up to and with `until`, `limit` rows at most. Throws what SQLite throws. */
  read(after: bigint, until: bigint, limit: number): readonly EventRow[] {
    return this.#read(after, until, limit);
  }

  #together(after: bigint, until: bigint, limit: number): readonly EventRow[] {
    const rows = this.#rows.all(after, until, limit);
    const last = rows.at(-1);
    if (last === undefined) return rows;
    const [run, lengths] = this.#sealed.get(after, last[0]) ?? [null, null];
    let start = 0;
    for (const [at, length] of (lengths ?? '').split(',').map(Number).entries()) {
      const row = rows[at];
      if (row === undefined || length < 0) continue;
      row[11] = (run ?? NOTHING).subarray(start, start + length);
      start += length;
    }
    return rows;
  }
}

const NOTHING = Buffer.alloc(0);
