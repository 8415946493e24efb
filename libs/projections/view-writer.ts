import type { Database, Statement } from 'better-sqlite3';
import type { LogGap, RecordedEvent } from '../event-store/index.ts';
import type { Position } from '../kernel/index.ts';
import type { FoldedLog, Projection, ViewDefinition, ViewState } from './port.ts';
import { readCheckpoint, sqliteCode, type ViewCheckpoint } from './view-file.ts';

/** SQLite's errors that concern the disk or the file, not the event: worth another try, or another file. */
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

/**
 * One view's file, written by its projection: rows and checkpoint together. Events that change no row only move its position, which
 * stays in memory until rows are committed or `save` is called: whoever opens the file before that reads these events
 * again, and changes nothing by them.
 */
export class ViewWriter {
  readonly definition: ViewDefinition;
  readonly file: string;
  #position: Position;
  /** The last event that was given. */
  #last: ViewCheckpoint['last'];
  #isSaved = true;
  #isSettled = true;
  #stopped: ViewState['stopped'] = null;
  #projection: Projection;
  readonly #db: Database;
  readonly #types: ReadonlySet<string>;
  readonly #advance: Statement<unknown[]>;
  readonly #written: Statement<unknown[], number>;
  readonly #log: FoldedLog;

  constructor(definition: ViewDefinition, file: string, db: Database, log: FoldedLog = {}) {
    this.definition = definition;
    this.file = file;
    this.#db = db;
    this.#log = log;
    const { position, last } = readCheckpoint(db);
    this.#position = position;
    this.#last = last;
    this.#types = new Set(definition.eventTypes);
    this.#projection = definition.open(db, log);
    this.#advance = db.prepare('UPDATE checkpoint SET position = ?, last_id = ?, last_position = ?');
    this.#written = db.prepare<unknown[], number>('SELECT total_changes()').pluck();
  }

  get position(): Position {
    return this.#position;
  }

  get stopped(): ViewState['stopped'] {
    return this.#stopped;
  }

  /**
   * Folds the events after its position and commits them, if any; `position` is the position that they reach. An
   * unreadable event stops this view just before it; faults of the storage are thrown, and nothing was changed.
   */
  fold(events: readonly RecordedEvent[], position: Position): readonly unknown[] {
    if (this.#stopped || position <= this.#position) return [];
    const fresh = events.filter((event) => event.position > this.#position);
    if (!fresh.some(({ type }) => this.#types.has(type))) return this.#pass(fresh, position);
    const folded = this.#commit(fresh, position);
    if (!(folded instanceof Unreadable)) return folded;

    const { event, cause } = folded;
    const before = fresh.slice(0, fresh.indexOf(event));
    const last = before.at(-1)?.position ?? this.#position;
    const changes = last > this.#position ? this.#commit(before, last) : [];
    this.#stopped = { position: event.position, reason: `${event.type}: ${cause}` };
    return changes instanceof Unreadable ? [] : changes;
  }

  /** False while its projection has something left to do after a commit. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Writes down how far it has come, for whoever opens the file next. Throws the faults of the storage. */
  save(): void {
    if (!this.#isSettled) this.#settle();
    if (this.#isSaved) return;
    try {
      this.#advance.run(this.#position, this.#last?.id ?? null, this.#last?.position ?? null);
    } catch (error) {
      throw saysBroken(error) ? new BrokenViewFile(this.file, error) : error;
    }
    this.#isSaved = true;
  }

  /** The log cannot be read any further. */
  stopAt({ position, message }: LogGap): void {
    this.#stopped ??= { position, reason: message };
  }

  /** Saves its position, unless the file is at fault. */
  close(): void {
    try {
      this.save();
    } catch (error) {
      if (!(error instanceof BrokenViewFile) && !isStorageFault(error)) throw error;
    } finally {
      this.#db.close();
    }
  }

  #pass(events: readonly RecordedEvent[], position: Position): readonly [] {
    this.#position = position;
    this.#last = lastOf(events) ?? this.#last;
    this.#isSaved = false;
    return [];
  }

  #commit(events: readonly RecordedEvent[], position: Position): readonly unknown[] | Unreadable {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const written = this.#written.get();
      const changes: unknown[] = [];
      for (const event of events) {
        const change = this.#project(event);
        if (change !== undefined) changes.push(change);
      }
      for (const change of this.#flush(events)) changes.push(change);
      if (this.#written.get() === written) {
        this.#db.exec('COMMIT');
        this.#pass(events, position);
        return changes;
      }
      const last = lastOf(events) ?? this.#last;
      this.#advance.run(position, last?.id ?? null, last?.position ?? null);
      this.#db.exec('COMMIT');
      this.#position = position;
      this.#last = last;
      this.#isSaved = true;
      this.#settle();
      return changes;
    } catch (error) {
      if (saysBroken(error)) throw new BrokenViewFile(this.file, error);
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      this.#projection = this.definition.open(this.#db, this.#log);
      if (error instanceof Unreadable) return error;
      throw error;
    }
  }

  /** What a full disk refuses is tried again. */
  #settle(): void {
    try {
      this.#isSettled = this.#projection.settle?.() ?? true;
    } catch (error) {
      if (saysBroken(error)) throw new BrokenViewFile(this.file, error);
      if (!isStorageFault(error)) throw error;
      this.#isSettled = false;
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

  /** A failure at this point cannot be told apart, so the last event is blamed. */
  #flush(events: readonly RecordedEvent[]): readonly unknown[] {
    try {
      return this.#projection.flush?.() ?? [];
    } catch (error) {
      const last = events.at(-1);
      throw last ? blamed(last, error) : error;
    }
  }
}

function lastOf(events: readonly RecordedEvent[]): ViewCheckpoint['last'] {
  const last = events.at(-1);
  return last ? { id: last.id, position: last.position } : null;
}

export function isStorageFault(error: unknown): boolean {
  return STORAGE_FAULT.test(sqliteCode(error));
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function blamed(event: RecordedEvent, error: unknown): unknown {
  if (isStorageFault(error)) return error;
  return new Unreadable(event, errorMessage(error));
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
