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

/** A log around another one, which does all that a subclass does not do otherwise. */
export abstract class StoreAround implements EventStore {
  readonly watchStream?: NonNullable<EventStore['watchStream']>;
  readonly sealedAt?: NonNullable<EventStore['sealedAt']>;
  readonly #store: EventStore;

  constructor(store: EventStore) {
    this.#store = store;
    const watch = store.watchStream?.bind(store);
    if (watch !== undefined) this.watchStream = watch;
    const sealedAt = store.sealedAt?.bind(store);
    if (sealedAt !== undefined) this.sealedAt = sealedAt;
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    return this.#store.append(stream, events, expected);
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
