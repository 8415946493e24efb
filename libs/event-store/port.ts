import type { EventEnvelope, Json, Position } from '../kernel/index.ts';

/** An event as it goes into the log; the log adds stream, revision, position and `recordedAt`. */
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

/** Which events a reader wants; absent fields let everything pass, several fields must all hold. */
export interface EventFilter {
  readonly types?: readonly string[];
  readonly streamPrefixes?: readonly string[];
}

export interface ReadAllOptions {
  /** Begins with the event at this position. Throws UnknownPosition where there is none, as far as the log can tell. */
  readonly from?: Position;
  /**
   * Only events with a greater (backwards: smaller) position: one of an event, or 0n for the start; backwards without it
   * starts at the end. A position is a word of the log: who has a number of another origin finds an event for it first.
   */
  readonly after?: Position;
  readonly filter?: EventFilter;
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events. */
  readonly limit?: number;
  /**
   * For whoever serves others meanwhile: bytes that are read at one stretch, with one event more at most; then the event loop
   * turns. Megabytes unless told.
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
 * What a subscription yields: events in log order, each once. `position` is how far the reader has come, which passes
 * events that the filter left out. `caughtUp` is true on the batch (it may be empty) after which nothing more was
 * waiting; later batches are live. The next batch is read only when it is asked for: that is the backpressure.
 */
export interface EventBatch {
  readonly events: readonly RecordedEvent[];
  readonly position: Position;
  readonly caughtUp: boolean;
}

/** Tells, without reading the stream, whether what was read of it is still all that there is. */
export interface StreamWatch {
  /**
   * True while nobody has added to the stream since the watch was taken; false as well when that cannot be told. A promise
   * where the log has to be asked: once for all who ask in one turn of the event loop. Rejects with StoreUnavailable.
   */
  isCurrent(): boolean | Promise<boolean>;
}

/** The ordered record of all events. Every adapter passes the suite in contract/. */
export interface EventStore {
  /**
   * Adds events to one stream, all or none; resolves only when they are on disk.
   * The same ids at the same place again are answered as the first time (`repeated`).
   * Throws WrongExpectedRevision, StoreUnavailable.
   */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended>;
  /** A stream's events in order from a revision (0n unless told); nothing for a stream that does not exist. */
  readStream(stream: string, from?: bigint): AsyncIterable<RecordedEvent>;
  /** Only of logs that can tell: taken before a read, the read stays whole as long as the watch is current. */
  watchStream?(stream: string): StreamWatch;
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;
  /** Ends when the signal aborts, the iterator is closed, or the store closes; each releases all that it held. */
  subscribe(options: SubscribeOptions): AsyncIterable<EventBatch>;
  /** The position of the newest event, 0n for an empty log. */
  head(): Promise<Position>;
  /** Finishes the appends under way, ends all iterators, and lets go of files, threads and connections. */
  close(): Promise<void>;
}

/** The part of the log that whoever follows it needs, opened for reading: in a thread of its own, or in a program that only reads. */
export type LogReader = Pick<EventStore, 'subscribe' | 'readAll' | 'head' | 'close'>;

/**
 * Fills a log with the events of another one, as they were recorded there: for copies and backups alone. Nobody else may
 * write to the log meanwhile.
 */
export interface LogImport {
  /**
   * Adds events after all that stand there, in this order, with their revision and `recordedAt`; on disk when it resolves.
   * Throws StoreUnavailable; then the first ones may have been added, in order, and none after a gap.
   */
  add(events: readonly RecordedEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** Somebody else wrote to the stream first, or the id was used for something else. */
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
 * Why a log cannot be used: `unsupported` is a log that a newer Colloquy wrote, or a call that this one cannot serve
 * (an append to a log opened for reading); `disk-failed` is a write or a sync that the disk did not do, after which the
 * process writes nothing any more; `read-only` is a forum that serves a copy of its log until the disk takes writes;
 * `unreadable` is a disk that does not answer, which is no damage; the others are what they say.
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

/** The log cannot take or give events now (disk full, file locked, server away); nothing was recorded by this call. */
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

/** The log has no such position: it was made up, or comes from another log. It is no fault of the log, and does not pass. */
export class UnknownPosition extends Error {
  override readonly name = 'UnknownPosition';
  readonly position: Position;

  constructor(position: Position, options?: ErrorOptions) {
    super(`the log has no event at position ${position}`, options);
    this.position = position;
  }
}

/**
 * Events are missing from a log whose positions have no gaps: it is torn, and what follows cannot be folded as if they had
 * never been. A subscription throws it after the last event before the gap.
 */
export class LogGap extends StoreUnavailable {
  /** Of the first event that is missing. */
  readonly position: Position;

  constructor(log: string, position: Position) {
    const advice = 'Stop the forum, keep a copy of the file, and restore the newest backup.';
    super('corrupt', `${log}: there is no event at position ${position}, and there are later ones. ${advice}`);
    this.position = position;
  }
}
