import type { EventEnvelope, Json, Position } from '../kernel/index.ts';

/** An event on its way into the log, which adds stream, revision, position and `recordedAt`. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Json;
  /** Ciphertext from the vault, or null; the log never looks inside. */
  readonly sealed: Uint8Array | null;
  readonly occurredAt: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
}

/** An event as it stands in the log. */
export interface RecordedEvent extends EventEnvelope {
  readonly type: string;
  readonly data: Json;
  readonly sealed: Uint8Array | null;
}

/** `no-stream`: the stream must not exist yet; a bigint: its newest revision must be this one. */
export type ExpectedRevision = 'no-stream' | bigint;

export interface Appended {
  /** Of the last event of the append. */
  readonly position: Position;
  readonly revision: bigint;
  /** True when the same events stood there already: the append was a repeat, and nothing was written. */
  readonly repeated: boolean;
}

/** The filter for events. Absent fields let everything pass; several fields must all hold. */
export interface EventFilter {
  readonly types?: readonly string[];
  readonly streamPrefixes?: readonly string[];
}

export interface ReadAllOptions {
  /** Begins with the event at this position. Throws UnknownPosition where there is none, as far as the log can tell. */
  readonly from?: Position;
  /**
   * Only events with a greater (backwards: smaller) position: that of an event, or 0n for the start; backwards without
   * it starts at the end. A position belongs to its log: a number of another origin must first be matched to an event.
   */
  readonly after?: Position;
  readonly filter?: EventFilter;
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events. */
  readonly limit?: number;
  /**
   * The bytes read at one stretch, with one event more at most, before the event loop turns; for threads that serve
   * others meanwhile. Megabytes unless told.
   */
  readonly stretchBytes?: number;
}

export interface SubscribeOptions {
  /** The position of an event, or 0n for the start. Throws UnknownPosition for what is neither, as far as the log can tell. */
  readonly after: Position;
  readonly filter?: EventFilter;
  readonly signal?: AbortSignal;
  /** Most events in one batch; 1,000 unless told. */
  readonly batchSize?: number;
}

/**
 * The yield of a subscription: events in log order, each once. `position` is the position that the reader has reached,
 * past filtered events. `caughtUp` is true on the batch (it may be empty) after which nothing more was waiting; later
 * batches are live. The next batch is read only when it is asked for, which gives backpressure.
 */
export interface EventBatch {
  readonly events: readonly RecordedEvent[];
  readonly position: Position;
  readonly caughtUp: boolean;
}

/** Tells, without reading the stream, whether an earlier read of it is still complete. */
export interface StreamWatch {
  /**
   * True while nobody has added to the stream since the watch was taken; false also when that cannot be known. A
   * promise where the log must be asked: once for all callers in one turn of the event loop. Rejects with
   * StoreUnavailable.
   */
  isCurrent(): boolean | Promise<boolean>;
}

/** The ordered record of all events. Every adapter passes the suite in contract/. */
export interface EventStore {
  /**
   * Adds events to one stream, all or none; resolves only when they are on disk. The same ids at the same place are
   * answered like the first time (`repeated`).
   * Throws WrongExpectedRevision, StoreUnavailable.
   */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended>;
  /** A stream's events in order from a revision (0n unless told); nothing for a stream that does not exist. */
  readStream(stream: string, from?: bigint): AsyncIterable<RecordedEvent>;
  /** Only in logs that can tell: a read after taking it stays complete as long as the watch is current. */
  watchStream?(stream: string): StreamWatch;
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;
  /**
   * Ends when the signal aborts, the iterator is closed, or the store closes; each releases everything that it held.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<EventBatch>;
  /**
   * The sealed part of the event at a position, found within microseconds; null without one. Only in logs that are at hand, so that views
   * need no copy of it. Throws StoreUnavailable.
   */
  sealedAt?(position: Position): Uint8Array | null;
  /** The position of the newest event, 0n for an empty log. */
  head(): Promise<Position>;
  /** Finishes the appends under way, ends all iterators, and lets go of files, threads and connections. */
  close(): Promise<void>;
}

/**
 * The part of the log that a follower needs, opened for reading: in a thread of its own, or in a program that only
 * reads.
 */
export type LogReader = Pick<EventStore, 'subscribe' | 'readAll' | 'head' | 'sealedAt' | 'close'>;

/**
 * Fills a log with another log's events, as they were recorded there: for copies and backups alone. Nobody else may
 * write to the log meanwhile.
 */
export interface LogImport {
  /**
   * Adds events after all existing ones, in this order, with their revision and `recordedAt`; on disk when it resolves.
   * Throws StoreUnavailable; the first ones may then have been added, in order and without a gap.
   */
  add(events: readonly RecordedEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** Another writer was first, or the id was used for something else. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';

  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** The stream's newest revision, or `no-stream`. */
  readonly actual: ExpectedRevision;

  constructor(stream: string, expected: ExpectedRevision, actual: ExpectedRevision) {
    super(`stream ${stream}: expected revision ${expected}, found ${actual}`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * The reasons why a log cannot be used. `unsupported`: a newer Colloquy wrote the log, or it cannot serve the call (an
 * append to a log opened for reading). `disk-failed`: the disk failed to write or sync, and the process writes nothing
 * any more. `read-only`: a forum serves a copy of its log until the disk takes writes. `unreadable`: the disk does not
 * answer, which is no damage. The others explain themselves.
 */
export type UnavailableReason =
  | 'disk-full'
  | 'disk-failed'
  | 'read-only'
  | 'unreadable'
  | 'locked'
  | 'corrupt'
  | 'unsupported'
  | 'closed'
  | 'unreachable'
  | 'io';

/** The log cannot take or give events now (disk full, file locked, server away); this call recorded nothing. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';

  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** True when the log cannot be reached now, and may be later. */
export function isAway(error: unknown): error is StoreUnavailable {
  return error instanceof StoreUnavailable && error.reason === 'unreachable';
}

/**
 * The log has no such position: it was invented, or comes from another log. This is no fault of the log, and does not
 * pass.
 */
export class UnknownPosition extends Error {
  override readonly name = 'UnknownPosition';
  readonly position: Position;

  constructor(position: Position, options?: ErrorOptions) {
    super(`the log has no event at position ${position}`, options);
    this.position = position;
  }
}

/**
 * Events are missing from a log whose positions have no gaps: it is torn, and later events cannot be folded as if the
 * missing ones had never existed. A subscription throws it after the last event before the gap.
 */
export class LogGap extends StoreUnavailable {
  /** The position of the first missing event. */
  readonly position: Position;

  constructor(log: string, position: Position) {
    const advice = 'Stop the forum, keep a copy of the file, and restore the newest backup.';
    super('corrupt', `${log}: there is no event at position ${position}, and there are later ones. ${advice}`);
    this.position = position;
  }
}
