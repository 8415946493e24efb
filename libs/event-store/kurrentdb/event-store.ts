import type { Position } from '../../kernel/index.ts';
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
import { Appender } from './appender.ts';
import { type ConnectOptions, newConnection } from './connect.ts';
import type { Connection } from './connection.ts';
import { passes } from './filter.ts';
import { KurrentReader } from './reader.ts';
import { KurrentStreamWatches } from './stream-watches.ts';
import { KurrentSubscription } from './subscription.ts';

const PAGE = 1_000;
/** Made at their first use; each allows fifteen more appends at once. */
const WRITE_CONNECTIONS = 4;
/** Short, so that a frozen node is noticed soon; the question is then one small read. */
const SILENCE_MS = 1_000;

export interface KurrentEventStoreOptions extends ConnectOptions {
  /** A position of the database behind which the log begins. 0n unless told; for a database with other contents. */
  readonly begins?: Position;
  /** Milliseconds of silence after which a subscription checks whether it missed something; 1,000 unless told. */
  readonly silenceMs?: number;
  /** Called, in words for an operator, with a fault of a subscription that continues by itself. */
  readonly onTrouble?: (reason: string) => void;
}

export interface KurrentEventStoreStats {
  /** Events that this store has fetched for its readers. */
  readonly eventsRead: number;
  readonly openSubscriptions: number;
  /** Sessions given up because their node did not answer. */
  readonly unanswered: number;
}

/**
 * The event store over KurrentDB. Opening it connects to nothing: the database may come later, and every call waits for
 * it as long as its patience lasts. Throws RangeError for an invalid URL.
 */
export async function openKurrentEventStore(options: KurrentEventStoreOptions): Promise<KurrentEventStore> {
  const reach = { down: false };
  const reads = await newConnection(options, reach);
  const writes = await Promise.all(Array.from({ length: WRITE_CONNECTIONS }, () => newConnection(options, reach)));
  return new KurrentEventStore({ ...options, reads, writes });
}

export interface KurrentEventStoreParts extends Pick<KurrentEventStoreOptions, 'silenceMs' | 'begins' | 'onTrouble'> {
  /** A connection of its own, so that an unanswered append does not take the subscriptions with it. */
  readonly reads: Connection;
  readonly writes: readonly Connection[];
}

export class KurrentEventStore implements EventStore {
  readonly #parts: KurrentEventStoreParts;
  readonly #reader: KurrentReader;
  readonly #appender: Appender;
  readonly #watches: KurrentStreamWatches;
  readonly #subscriptions = new Set<KurrentSubscription>();
  #live = 0;
  #closed: Promise<void> | undefined;

  /** Use `openKurrentEventStore`. */
  constructor(parts: KurrentEventStoreParts) {
    this.#parts = parts;
    this.#reader = new KurrentReader(parts.reads, parts.begins ?? 0n);
    this.#appender = new Appender(parts.writes, this.#reader);
    this.#watches = new KurrentStreamWatches(parts.reads);
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (this.#closed !== undefined) {
      throw new StoreUnavailable('closed', `the log at ${this.#parts.reads.hosts} is closed`);
    }
    return this.#appender.append({ stream, events, expected });
  }

  async *readStream(stream: string, from = 0n): AsyncIterable<RecordedEvent> {
    for (let next = from; ; ) {
      const page = await this.#reader.streamPage(stream, next, PAGE);
      for (const { event } of page) yield event;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      next = last.event.revision + 1n;
      this.#reader.mustBeOpen();
    }
  }

  watchStream(stream: string): StreamWatch {
    return this.#watches.watch(stream);
  }

  /** Ends at the event that was the newest when the read began, even while others write. */
  async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    const { filter, from, direction = 'forwards' } = options;
    let left = checkedLimit(options.limit);
    const backwards = direction === 'backwards';
    const head = backwards || left === 0 ? 0n : await this.head();
    const begin = from === undefined || left === 0 ? undefined : await this.#reader.at(from);
    if (begin !== undefined && passes(filter)(begin)) {
      yield begin;
      left -= 1;
    }
    let after = from ?? options.after ?? (backwards ? undefined : 0n);
    while (left > 0) {
      const limit = Math.min(left, PAGE);
      const page = await (backwards
        ? this.#reader.backwards({ after, limit, filter })
        : this.#reader.forwards({ after: after ?? 0n, limit, filter }));
      const events = backwards ? page.events : page.events.filter((event) => event.position <= head);
      yield* events;
      left -= events.length;
      if (page.whole || page.position === undefined || (!backwards && page.position >= head)) return;
      after = page.position;
      this.#reader.mustBeOpen();
    }
  }

  subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    const source = {
      connection: this.#parts.reads,
      reader: this.#reader,
      silenceMs: this.#parts.silenceMs ?? SILENCE_MS,
      open: this.#subscriptions,
      onTrouble: (error: unknown) => this.#trouble(error),
      counted: (events: number) => {
        this.#live += events;
      },
    };
    return {
      [Symbol.asyncIterator]: () => (this.#closed === undefined ? new KurrentSubscription(source, options) : ENDED),
    };
  }

  async head(): Promise<Position> {
    return (await this.#reader.newest())?.event.position ?? 0n;
  }

  /** The version that the server tells of itself. Throws what is wrong with the connection. */
  serverVersion(): Promise<string> {
    return this.#parts.reads.version();
  }

  stats(): KurrentEventStoreStats {
    const { reads, writes } = this.#parts;
    return {
      eventsRead: this.#reader.read + this.#live,
      openSubscriptions: this.#subscriptions.size,
      unanswered: [reads, ...writes].reduce((sum, connection) => sum + connection.unanswered, 0),
    };
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.end();
    await this.#appender.settled();
    await Promise.all([this.#parts.reads, ...this.#parts.writes].map((connection) => connection.close()));
  }

  #trouble(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#parts.onTrouble?.(`following the log at ${this.#parts.reads.hosts}: ${reason}; it is taken up again`);
  }
}

const ENDED: AsyncIterator<EventBatch, undefined> = { next: () => Promise.resolve({ done: true, value: undefined }) };

function checkedLimit(limit: number | undefined): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError(`a limit is a whole number from 0, not ${limit}`);
  return limit;
}
