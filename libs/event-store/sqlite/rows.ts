import type Database from 'better-sqlite3';
import type { RecordedEvent } from '../port.ts';
import {
  bytesInRun,
  contentBytes,
  type EventRow,
  isCut,
  putId,
  type RowForm,
  type RowPlace,
} from './packed/row-form.ts';
import { PACKED_UUID } from './packed/uuid-text.ts';

/** An event with the bytes of its contents. */
export interface ReadEvent {
  readonly event: RecordedEvent;
  readonly bytes: number;
}

/** The event of a row that was read by itself. Throws RangeError and SyntaxError for a row that was never written so. */
export function readEvent(form: RowForm, row: EventRow): ReadEvent {
  return { event: form.event(row), bytes: contentBytes(row) };
}

/**
 * Reads rows upwards with their packed and sealed parts as two runs of bytes: a Buffer made by SQLite costs half as much
 * as a row, a slice of another Buffer almost nothing. A kept part keeps its whole run in memory.
 */
export class RowsTogether {
  readonly #form: RowForm;
  readonly #heads: Database.Statement<unknown[], EventRow>;
  readonly #runs: Database.Statement<unknown[], [Buffer | null, Buffer | null]>;
  /** Both statements see the same log. */
  readonly #read: (after: bigint, until: bigint, limit: number) => readonly ReadEvent[];

  constructor(db: Database.Database, form: RowForm) {
    this.#form = form;
    const span = 'position > ? AND position <= ? ORDER BY position';
    this.#heads = db.prepare<unknown[], EventRow>(`SELECT ${form.heads} FROM events WHERE ${span} LIMIT ?`);
    this.#heads.raw().safeIntegers();
    const runs = `SELECT ${form.runs} FROM (SELECT ${form.runColumns} FROM events WHERE ${span})`;
    this.#runs = db.prepare<unknown[], [Buffer | null, Buffer | null]>(runs);
    this.#runs.raw();
    this.#read = db.transaction((after: bigint, until: bigint, limit: number) => this.#together(after, until, limit));
  }

  /** Positions after `after` up to and with `until`, `limit` rows at most. Throws what SQLite throws. */
  read(after: bigint, until: bigint, limit: number): readonly ReadEvent[] {
    return this.#read(after, until, limit);
  }

  #together(after: bigint, until: bigint, limit: number): readonly ReadEvent[] {
    const heads = this.#heads.all(after, until, limit);
    const last = heads.at(-1);
    if (last === undefined) return [];
    const [packed, cut] = this.#runs.get(after, last[0]) ?? [null, null];
    const run = packed ?? NOTHING;
    const sealed = new SealedRun(cut ?? NOTHING, heads.length);
    let start = 0;
    return heads.map((row) => {
      const place = { run, start };
      const event = this.#form.eventIn(row, place, sealed.next(row, place));
      start += bytesInRun(row);
      return { event, bytes: contentBytes(row) };
    });
  }
}

/** The sealed parts of a run, each whole; made in one piece of memory. */
class SealedRun {
  readonly #run: Buffer;
  readonly #rows: number;
  /** Made for the first one that needs it. */
  #whole: Buffer | undefined;
  #start = 0;
  #written = 0;

  constructor(run: Buffer, rows: number) {
    this.#run = run;
    this.#rows = rows;
  }

  next(row: EventRow, place: RowPlace): Buffer | null {
    if (row[6] === null) return null;
    const start = this.#start;
    this.#start += Number(row[6]);
    if (!isCut(row, place)) return this.#run.subarray(start, this.#start);
    this.#whole ??= Buffer.allocUnsafeSlow(this.#run.length + this.#rows * PACKED_UUID);
    const from = this.#written;
    putId(this.#whole, from, { sealed: this.#run, start, end: this.#start }, place);
    this.#written += this.#start - start + PACKED_UUID;
    return this.#whole.subarray(from, this.#written);
  }
}

const NOTHING = Buffer.alloc(0);
