import type { Position } from '../kernel/index.ts';
import type {
  Appended,
  EventBatch,
  EventStore,
  ExpectedRevision,
  NewEvent,
  ReadAllOptions,
  RecordedEvent,
  SubscribeOptions,
} from './port.ts';

/** A place in the order of the appends that are to come. */
interface Place {
  readonly before: Promise<void>;
  /** Lets the next one go. */
  readonly pass: () => void;
}

/**
 * A log that takes appends to several streams in an order that was settled before, however long the making of each one
 * takes. They are handed over in that order, without waiting for each other's disk: a log in a file records them so. A
 * log server may record those that are under way together in another order.
 */
export class OrderedAppends implements EventStore {
  readonly watchStream?: NonNullable<EventStore['watchStream']>;
  readonly #store: EventStore;
  readonly #places = new Map<string, Place>();

  constructor(store: EventStore) {
    this.#store = store;
    const watch = store.watchStream?.bind(store);
    if (watch !== undefined) this.watchStream = watch;
  }

  /** A new order, beside those of others. */
  order(): AppendOrder {
    return new AppendOrder(this.#places);
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const place = this.#places.get(stream);
    if (place === undefined) return this.#store.append(stream, events, expected);
    await place.before;
    const appended = this.#store.append(stream, events, expected);
    place.pass();
    return appended;
  }

  readStream(stream: string, from?: bigint): AsyncIterable<RecordedEvent> {
    return this.#store.readStream(stream, from);
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return this.#store.readAll(options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    return this.#store.subscribe(options);
  }

  head(): Promise<Position> {
    return this.#store.head();
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}

/** One order of appends: each place is behind those that were taken before it. */
export class AppendOrder {
  readonly #places: Map<string, Place>;
  #last = Promise.resolve();

  /** Use `OrderedAppends.order`. */
  constructor(places: Map<string, Place>) {
    this.#places = places;
  }

  /** Does something that may append to the stream once: that append has the next place, which is given up at its end. */
  async next<T>(stream: string, doing: () => Promise<T>): Promise<T> {
    const { promise, resolve: pass } = Promise.withResolvers<void>();
    const place = { before: this.#last, pass };
    this.#last = promise;
    this.#places.set(stream, place);
    try {
      return await doing();
    } finally {
      if (this.#places.get(stream) === place) this.#places.delete(stream);
      void place.before.then(pass);
    }
  }
}
