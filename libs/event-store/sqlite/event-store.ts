import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Position, Slices } from '../../kernel/index.ts';
import {
  type Appended,
  type EventBatch,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type RecordedEvent,
  StoreUnavailable,
  type StreamWatch,
  type SubscribeOptions,
} from '../port.ts';
import { CommitSignal, newCommitSignal } from './commit-signal.ts';
import { CommitWatch } from './commit-watch.ts';
import { SqliteReader } from './reader.ts';
import { SqliteStreamWatches } from './stream-watches.ts';
import { SqliteSubscription } from './subscription.ts';
import { type FailedCheckpoints, Writer } from './writer.ts';

const PAGE = 1_000;

export interface SqliteEventStoreOptions {
  /** The database file; made, with its directory, when it is missing (not when `readOnly`). */
  readonly file: string;
  /** Opens without a writer: appends are refused, and the file must exist. */
  readonly readOnly?: boolean;
  /** `commitSignal` of the writing store, in whatever thread; without it only the poll sees commits. */
  readonly signal?: SharedArrayBuffer;
  /** How often to look for commits of other processes, in milliseconds; 250 unless told. */
  readonly pollMs?: number;
  /** How long an append waits for another process's lock, in milliseconds; 5,000 unless told. */
  readonly busyTimeoutMs?: number;
  /** The most pages of 4 KiB that the file may have; no limit but the disk's unless told. */
  readonly maxPages?: number;
  /** `read` opens a log for reading although its end is missing or its newest row is damaged; refused unless told. */
  readonly torn?: 'refused' | 'read';
  /**
   * Called once, when a write or a sync of the disk has failed: nothing is written any more, and the process should
   * end.
   */
  readonly onFault?: (fault: StoreUnavailable) => void;
  /** Events after which the write-ahead log is moved into the file; 4,096 unless told. */
  readonly checkpointEvents?: number;
  /** Bytes that may wait in the write-ahead log while the file takes none; 128 MiB unless told. */
  readonly mostWaiting?: number;
}

export interface SqliteEventStoreStats {
  /** Transactions with appends: fewer than appends, since waiting appends share one. */
  readonly commits: number;
  readonly appends: number;
  /** Events that this store has fetched for its readers. */
  readonly eventsRead: number;
  readonly openSubscriptions: number;
  /** The reason why nothing can be written any more, or null. */
  readonly failure: StoreUnavailable | null;
  /**
   * Failed moves of the write-ahead log's pages into the file, and the reason of the last one (null when it succeeded).
   */
  readonly failedCheckpoints: FailedCheckpoints;
  /** Of the write-ahead log on the disk. */
  readonly walBytes: number;
}

/** Opens the log in one SQLite file, with its only writer in a thread of its own. Throws StoreUnavailable. */
export async function openSqliteEventStore(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
  const { file, busyTimeoutMs = 5_000, maxPages, onFault, checkpointEvents, mostWaiting } = options;
  const signal = options.signal ?? newCommitSignal();
  if (options.readOnly === true) return new SqliteEventStore(options, signal, null);
  const data = { file, busyTimeoutMs, maxPages, signal, checkpointEvents, mostWaiting };
  let store: SqliteEventStore | undefined;
  const writer = await Writer.start(data, {
    onFault: (fault) => {
      store?.leaveOpen();
      onFault?.(fault);
    },
  });
  try {
    store = new SqliteEventStore(options, signal, writer);
    return store;
  } catch (error) {
    await writer.close();
    throw error;
  }
}

/** Opens the log for reading in another thread: `signal` is the writing store's `commitSignal`. Throws StoreUnavailable. */
export function openSqliteEventReader(
  options: Pick<SqliteEventStoreOptions, 'file' | 'signal' | 'pollMs' | 'torn'>,
): SqliteEventStore {
  return new SqliteEventStore({ ...options, readOnly: true }, options.signal ?? newCommitSignal(), null);
}

/** The event store over SQLite: one writing thread, reads on the caller's thread in short transactions. */
export class SqliteEventStore implements EventStore {
  /** Give it to other threads that follow the log; see `openSqliteEventReader`. */
  readonly commitSignal: SharedArrayBuffer;
  /** Absent on a log that was opened for reading alone, which hears of no commit at once. */
  readonly watchStream?: (stream: string) => StreamWatch;
  readonly #file: string;
  readonly #writer: Writer | null;
  readonly #reader: SqliteReader;
  readonly #watch: CommitWatch;
  readonly #subscriptions = new Set<SqliteSubscription>();
  /** Shared by all reads that go in stretches. */
  readonly #slices = new Slices();
  #appends = 0;
  #closed = false;

  /** Use `openSqliteEventStore`. */
  constructor(options: SqliteEventStoreOptions, commitSignal: SharedArrayBuffer, writer: Writer | null) {
    const signal = new CommitSignal(commitSignal);
    this.commitSignal = commitSignal;
    this.#file = options.file;
    this.#writer = writer;
    this.#reader = new SqliteReader(options.file, options.busyTimeoutMs ?? 1_000, options.torn);
    this.#watch = new CommitWatch(signal, () => this.#reader.dataVersion(), options.pollMs ?? 250);
    if (writer === null) return;
    const watches = new SqliteStreamWatches(signal, () => this.#reader.head());
    writer.tell(watches);
    this.watchStream = (stream) => watches.watch(stream);
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('closed', `${this.#file}: the log is closed`));
    if (this.#writer === null) {
      return Promise.reject(new StoreUnavailable('unsupported', `${this.#file} was opened for reading alone`));
    }
    this.#appends += 1;
    return this.#writer.append(stream, events, expected);
  }

  async *readStream(stream: string, from = 0n): AsyncIterable<RecordedEvent> {
    for (let next = from; ; await nextTurn()) {
      const { events, whole } = this.#reader.streamPage(stream, next, PAGE);
      yield* events;
      if (whole) return;
      next += BigInt(events.length);
    }
  }

  /** Ends at the event that was the newest when the read began, even while others write. */
  async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    const { stretchBytes } = options;
    const backwards = options.direction === 'backwards';
    const head = this.#reader.head();
    const lowest = options.filter === undefined ? LOWEST : 0n;
    const until = backwards ? lowest + 1n : head;
    const readPage = this.#reader.ofNow(options.filter, options.direction ?? 'forwards');
    let after = startOf(options, { head, lowest });
    let left = checkedLimit(options.limit);
    while (left > 0 && (backwards ? after > until : after < until)) {
      const span = { after, until, limit: Math.min(left, PAGE), ...(stretchBytes && { stretchBytes }) };
      const page = await (stretchBytes === undefined ? readPage(span) : this.#slices.run(() => readPage(span)));
      yield* page.events;
      left -= page.events.length;
      after = page.position;
      await nextTurn();
    }
  }

  sealedAt(position: Position): Uint8Array | null {
    return this.#reader.sealedAt(position);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    const source = { reader: this.#reader, watch: this.#watch, open: this.#subscriptions };
    return { [Symbol.asyncIterator]: () => (this.#closed ? ENDED : new SqliteSubscription(source, options)) };
  }

  async head(): Promise<Position> {
    return this.#reader.head();
  }

  stats(): SqliteEventStoreStats {
    return {
      commits: this.#writer?.commits ?? 0,
      appends: this.#appends,
      eventsRead: this.#reader.read,
      openSubscriptions: this.#subscriptions.size,
      failure: this.#writer?.failure ?? null,
      failedCheckpoints: this.#writer?.checkpoints ?? { count: 0, now: null },
      walBytes: statSync(`${this.#file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
    };
  }

  /** The disk has failed: open connections stay open until the process ends. */
  leaveOpen(): void {
    this.#reader.leaveOpen();
  }

  /** The writer closes last and moves the write-ahead log into the file. */
  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      for (const subscription of this.#subscriptions) subscription.end();
      this.#watch.close();
      this.#reader.close();
    }
    await this.#writer?.close();
  }
}

/** The lowest number of SQLite: a log begins with 1, and rows below it, which somebody else put there, are shown. */
const LOWEST = -(2n ** 63n);

/** Positions have no gaps here, so a page that begins with an event comes after the position before it. */
function startOf(
  { from, after, direction }: ReadAllOptions,
  { head, lowest }: { readonly head: Position; readonly lowest: Position },
): Position {
  const backwards = direction === 'backwards';
  if (from !== undefined) return backwards ? from + 1n : from - 1n;
  return after ?? (backwards ? head + 1n : lowest);
}

const ENDED: AsyncIterator<EventBatch, undefined> = { next: () => Promise.resolve({ done: true, value: undefined }) };

function checkedLimit(limit: number | undefined): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError(`a limit is a whole number from 0, not ${limit}`);
  return limit;
}
