import type { Database } from 'better-sqlite3';
import type { LogReader, RecordedEvent } from '../event-store/index.ts';
import type { Position } from '../kernel/index.ts';

/**
 * A read model: a fold of the log into tables of its own SQLite file, made for one screen. Personal data stays sealed
 * in the tables, as in the log, and is opened only when it is shown; so destroying a key erases it here too.
 */
export interface ViewDefinition<Change = unknown> {
  readonly name: string;
  /** Raised when tables or projection change: the new version is built beside the old one and swapped in. */
  readonly version: number;
  /** The event types that it folds; all others only move its checkpoint. */
  readonly eventTypes: readonly string[];
  /** DDL for an empty file. */
  readonly schema: string;
  /**
   * True for many tables that mostly have few rows: a new file then has small pages, since each table and index takes one
   * at least, and each connection keeps twenty. A file that is there keeps what it has.
   */
  readonly isSmall?: true;
  /** True where its projection gives pages that got free back to the disk (`PRAGMA incremental_vacuum`): a new file can then do so. */
  readonly givesBack?: true;
  /** `CREATE INDEX IF NOT EXISTS`s of a live file; a build makes them after its rows, which is faster. */
  readonly indexes?: string;
  /** Ordered `SELECT`s over all contents of the view, for its digest. */
  readonly digestQueries: readonly string[];
  /** Prepares its statements once. Its memory between events is lost when a batch fails: it is opened anew. */
  readonly open: (db: Database, log?: FoldedLog) => Projection<Change>;
  /**
   * The same for a file that is built from the start and read by nobody before it is complete; `open` unless there is a
   * faster way. It leaves the same rows as `open`.
   */
  readonly openBuild?: (db: Database, log?: FoldedLog) => Projection<Change>;
  /**
   * The version before this one, when today's queries can read its tables too: a start that finds its file serves it
   * and keeps it current until this version is built beside it and replaces it. Without it a start waits for the new
   * version, or it is built ahead.
   */
  readonly previous?: ViewDefinition<Change>;
}

export type { LogReader };

/** What a projection may know of the log that it folds: whether a sealed part is found in it by its position at any time. */
export type FoldedLog = Pick<LogReader, 'sealedAt'>;

/**
 * Folds one event inside the batch's transaction, and gives the changes for live readers; throws when it cannot read
 * the event.
 */
export interface Projection<Change = unknown> {
  (event: RecordedEvent): Change | undefined;
  /**
   * Called before each commit, and between batches of a build, never within an append: writes pending counts, and gives
   * changes that are told once a batch.
   */
  flush?(): readonly Change[];
  /** Called once after the last event of a build: writes all that was kept back. */
  finish?(): void;
  /** After `finish`, for what takes long: gives now and then how much of it is done, from 0 to 1. */
  finishing?(): Iterable<number>;
  /**
   * Called after each commit of a live file, outside of a transaction, for what SQLite does only there; false when it is to
   * be called again within a second or two.
   */
  settle?(): boolean;
}

/** The projector's message after the commit of a batch, in log order. */
export interface Projected<Change = unknown> {
  readonly view: string;
  /**
   * Another file of the view is served from now on, or commits may not have been reported (the projector was
   * restarted): kept rows must be forgotten, and reporters must look for changes.
   */
  readonly renewed?: true;
  readonly changes: readonly Change[];
}

export interface ViewState {
  readonly name: string;
  readonly version: number;
  /** The version that is to take this one's place, when it is another. */
  readonly next?: number;
  readonly position: Position;
  readonly building: boolean;
  /** How much is done of the building that it waits for, from 0 to 1; absent while there is something to be read. */
  readonly built?: number;
  /** It stands still, for longer than is usual, behind what others have read: what is new is missing from it. */
  readonly late?: true;
  /** The reason why the view stands still (an unreadable event), with the event's position; null while it runs. */
  readonly stopped: { readonly position: Position; readonly reason: string } | null;
}

export type Value = bigint | number | string | Uint8Array | null;
/** A row of a view's table by column; integers are bigints, bytes are bytes. */
export type Row = Readonly<Record<string, Value>>;

/** The first differing row, in the order of the view's tables and keys. */
export interface Difference {
  readonly view: string;
  readonly table: string;
  readonly key: Row;
  /** Null when that side has no row of this key. */
  readonly live: Row | null;
  readonly rebuilt: Row | null;
}

export interface Comparison {
  readonly live: string;
  readonly rebuilt: string;
  readonly equal: boolean;
  /** Null when both are equal; and when the difference was gone by the time its row was looked for. */
  readonly difference: Difference | null;
}

/** The result of a verification of one view; `position` is the live file's, which the rebuild was read up to. */
export interface Verification extends Comparison {
  readonly view: string;
  readonly version: number;
  readonly position: Position;
}

/** The views for the serving thread: files open for reading, kept current by the projector's thread. */
export interface Views {
  /**
   * A read-only connection to the view's current file; call it at each use, since a swap replaces it. Throws
   * DomainError `not_caught_up` until the views have read the whole log once, so that nobody sees a part of it as if it
   * were all.
   */
  db(view: string): Database;
  /** The position that all views have reached and committed, but for those in a thread of their own. */
  position(): Position;
  /**
   * Resolves once all these views have committed `position`, or once the named one has; rejects with DomainError
   * `not_caught_up` after `timeoutMs`.
   */
  reached(position: Position, timeoutMs?: number, view?: string): Promise<void>;
  /** Somebody is here, who may soon write: what rests begins again. Cheap. */
  attend(): void;
  /**
   * Resolves once the views have read everything that the log held at the start; those in a thread of their own are waited for a few seconds
   * at most.
   */
  ready(): Promise<void>;
  state(): readonly ViewState[];
  /** Called after each commit, in log order; returns the way to stop listening. */
  onProjected(listener: (projected: readonly Projected[], position: Position) => void): () => void;
  /** Builds the view anew beside the live one and swaps it in. */
  rebuild(view: string): Promise<void>;
  /** Builds the view anew in a scratch file up to the live one's position, compares digests, and finds the row that differs. */
  verify(view: string): Promise<Verification>;
  close(): Promise<void>;
}
