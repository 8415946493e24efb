import type Database from 'better-sqlite3';
import { openForReading } from './database-file.ts';
import { toUnavailable } from './faults.ts';
import { isAsWritten, STORED_COLUMNS, type StoredRow } from './packed/as-written.ts';
import { Packer } from './packed/packer.ts';
import { type EventRow, RowForm } from './packed/row-form.ts';
import { EVENT_LOG } from './schema.ts';

/** The rows that are checked before other work gets a turn, and the most rows that are named. */
const STRETCH = 500;
const MOST_NAMED = 5;

/**
 * Rows that the forum never wrote so, in words: rows below the first position, which readers of the log skip, and
 * events whose stored bytes differ from the forum's own of the same contents (a repeated key, white space, bytes after
 * the last). `rest` is awaited between two stretches. Throws StoreUnavailable, and the error of `rest`.
 */
export async function strangeRows(file: string, rest: () => Promise<unknown>): Promise<readonly string[]> {
  const db = openForReading(EVENT_LOG, file, 5_000, 'read');
  try {
    const below = db.prepare<[], number>('SELECT position FROM events WHERE position < 1 ORDER BY position').pluck();
    const found = below.all().map((position) => `an event stands at position ${position}, and a log begins with 1`);
    for (let read = reading(db), rows = read(0n); rows.length > 0; ) {
      for (const { position, isOwn } of rows) {
        if (!isOwn) found.push(`the event at position ${position} is stored as another text than was written`);
      }
      await rest();
      rows = read(rows.at(-1)?.position ?? 0n);
    }
    const more = found.length - MOST_NAMED;
    return more > 0 ? [...found.slice(0, MOST_NAMED), `${more} more rows like these`] : found;
  } catch (error) {
    throw toUnavailable(error, file);
  } finally {
    db.close();
  }
}

interface Looked {
  readonly position: bigint;
  readonly isOwn: boolean;
}

/** Looks at the rows of one stretch, after a position. */
function reading(db: Database.Database): (after: bigint) => readonly Looked[] {
  const form = new RowForm(db);
  const packer = new Packer();
  const within = 'FROM events WHERE position > ? ORDER BY position LIMIT ?';
  const events = db.prepare<[bigint, number], EventRow>(`SELECT ${form.columns} ${within}`).raw().safeIntegers();
  const stored =
    form.layout === 'old' ? null : db.prepare<[bigint, number], StoredRow>(`SELECT ${STORED_COLUMNS} ${within}`);
  return (after) => {
    const bytes = stored?.all(after, STRETCH) ?? [];
    return events.all(after, STRETCH).map((row, place) => {
      return { position: row[0], isOwn: isAsWritten({ row, form, stored: bytes[place] }, packer) };
    });
  };
}
