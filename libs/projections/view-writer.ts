import type { Database, Statement } from 'better-sqlite3';
import type { RecordedEvent } from '../event-store/index.ts';
import type { Position } from '../kernel/index.ts';
import type { Projection, ViewDefinition, ViewState } from './port.ts';
import { readCheckpoint, sqliteCode } from './view-file.ts';

/** What SQLite says when the disk or the file is at fault, not the event: worth another try, or another file. */
const STORAGE_FAULT = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|CORRUPT|NOTADB|NOMEM|PROTOCOL)/;
const BROKEN_FILE = /^SQLITE_(CORRUPT|NOTADB)/;

export function saysBroken(error: unknown): boolean {
  return BROKEN_FILE.test(sqliteCode(error));
}

/** The view's file itself is damaged: it is to be deleted, and built anew from the log. */
export class BrokenViewFile extends Error {
  override readonly name = 'BrokenViewFile';
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(`the view file ${file} is damaged and will be built anew`, { cause });
    this.file = file;
  }
}

/** One view's file, written by its projection: rows and checkpoint together. */
export class ViewWriter {
  readonly definition: ViewDefinition;
  readonly file: string;
  #position: Position;
  #stopped: ViewState['stopped'] = null;
  #projection: Projection;
  readonly #db: Database;
  readonly #types: ReadonlySet<string>;
  readonly #advance: Statement<unknown[]>;

  constructor(definition: ViewDefinition, file: string, db: Database) {
    this.definition = definition;
    this.file = file;
    this.#db = db;
    this.#position = readCheckpoint(db).position;
    this.#types = new Set(definition.eventTypes);
    this.#projection = definition.open(db);
    this.#advance = db.prepare(
      'UPDATE checkpoint SET position = ?, last_id = coalesce(?, last_id), last_position = coalesce(?, last_position)',
    );
  }

  get position(): Position {
    return this.#position;
  }

  get stopped(): ViewState['stopped'] {
    return this.#stopped;
  }

  /**
   * Folds what lies after its checkpoint and commits, `position` being how far that reaches. An event that the
   * projection cannot read stops this view just before it; faults of the storage are thrown, and nothing was changed.
   */
  fold(events: readonly RecordedEvent[], position: Position): readonly unknown[] {
    if (this.#stopped || position <= this.#position) return [];
    const fresh = events.filter((event) => event.position > this.#position);
    const folded = this.#commit(fresh, position);
    if (!(folded instanceof Unreadable)) return folded;

    const { event, cause } = folded;
    const before = fresh.slice(0, fresh.indexOf(event));
    const last = before.at(-1)?.position ?? this.#position;
    const changes = last > this.#position ? this.#commit(before, last) : [];
    this.#stopped = { position: event.position, reason: `${event.type}: ${cause}` };
    return changes instanceof Unreadable ? [] : changes;
  }

  close(): void {
    this.#db.close();
  }

  #commit(events: readonly RecordedEvent[], position: Position): readonly unknown[] | Unreadable {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const changes: unknown[] = [];
      for (const event of events) {
        const change = this.#project(event);
        if (change !== undefined) changes.push(change);
      }
      for (const change of this.#flush(events)) changes.push(change);
      const last = events.at(-1);
      this.#advance.run(position, last?.id ?? null, last?.position ?? null);
      this.#db.exec('COMMIT');
      this.#position = position;
      return changes;
    } catch (error) {
      if (saysBroken(error)) throw new BrokenViewFile(this.file, error);
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      this.#projection = this.definition.open(this.#db);
      if (error instanceof Unreadable) return error;
      throw error;
    }
  }

  #project(event: RecordedEvent): unknown {
    if (!this.#types.has(event.type)) return undefined;
    try {
      return this.#projection(event);
    } catch (error) {
      throw blamed(event, error);
    }
  }

  /** What fails only now cannot be told apart: the last event is blamed. */
  #flush(events: readonly RecordedEvent[]): readonly unknown[] {
    try {
      return this.#projection.flush?.() ?? [];
    } catch (error) {
      const last = events.at(-1);
      throw last ? blamed(last, error) : error;
    }
  }
}

export function isStorageFault(error: unknown): boolean {
  return STORAGE_FAULT.test(sqliteCode(error));
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function blamed(event: RecordedEvent, error: unknown): unknown {
  if (isStorageFault(error)) return error;
  return new Unreadable(event, reasonOf(error));
}

class Unreadable extends Error {
  readonly event: RecordedEvent;
  override readonly cause: string;

  constructor(event: RecordedEvent, cause: string) {
    super(cause);
    this.event = event;
    this.cause = cause;
  }
}
