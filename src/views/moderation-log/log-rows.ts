import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { idBytes } from '../ids.ts';
import { INSERT_ENTRY, type Line, valuesOf } from './log.schema.ts';

/** Writes the log's rows; each statement is prepared once. */
export class LogRows {
  readonly #add;
  readonly #setUndone;
  readonly #redo;
  readonly #wait;
  readonly #waitedSince;
  readonly #waitNoMore;
  readonly #undone;

  constructor(db: Database) {
    this.#add = db.prepare<unknown[]>(INSERT_ENTRY);
    this.#setUndone = db.prepare<unknown[]>('UPDATE entry SET undone = ? WHERE decision = ?');
    this.#redo = db.prepare<unknown[], { what: Buffer }>('SELECT what FROM undoing WHERE by = ?');
    this.#undone = db.prepare<unknown[]>('INSERT OR IGNORE INTO undoing (by, what) VALUES (?, ?)');
    this.#wait = db.prepare<unknown[]>('INSERT OR IGNORE INTO waiting (comment, since) VALUES (?, ?)');
    this.#waitedSince = db.prepare<unknown[], { since: number }>('SELECT since FROM waiting WHERE comment = ?');
    this.#waitNoMore = db.prepare<unknown[]>('DELETE FROM waiting WHERE comment = ?');
  }

  add(event: RecordedEvent, line: Line): void {
    this.#add.run(...valuesOf(event, line));
  }

  /** The comment waits from now on, unless it waits already. */
  waits(commentId: string, { occurredAt }: RecordedEvent): void {
    this.#wait.run(idBytes(commentId), Date.parse(occurredAt));
  }

  waitsNoMore(commentId: string): void {
    this.#waitNoMore.run(idBytes(commentId));
  }

  /** The wait in milliseconds; null for a comment that did not wait. */
  waitedFor(commentId: string, { occurredAt }: RecordedEvent): number | null {
    const waiting = this.#waitedSince.get(idBytes(commentId));
    return waiting ? Date.parse(occurredAt) - waiting.since : null;
  }

  /** When an undo is itself undone, the decision that it had taken back is in force again. */
  takenBack(decision: Buffer, by: Buffer): void {
    this.#setUndone.run(1, decision);
    const again = this.#redo.get(decision);
    if (again) this.#setUndone.run(0, again.what);
    this.#undone.run(by, decision);
  }
}
