import {
  type Appended,
  type EventBatch,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type RecordedEvent,
  StoreUnavailable,
  type SubscribeOptions,
  WrongExpectedRevision,
} from '../../libs/event-store/index.ts';
import type { Position } from '../../libs/kernel/index.ts';

export type AppendOutcome = 'recorded' | 'repeated' | 'conflict' | 'failed';

/** The log with its appends observed, for metrics and for the health report while nothing can be written. */
export class ObservedStore implements EventStore {
  readonly watchStream?: NonNullable<EventStore['watchStream']>;
  readonly #store: EventStore;
  readonly #told: (outcome: AppendOutcome) => void;
  #failure: StoreUnavailable | null = null;
  #refusal: StoreUnavailable | null = null;

  constructor(store: EventStore, told: (outcome: AppendOutcome) => void) {
    this.#store = store;
    this.#told = told;
    const watch = store.watchStream?.bind(store);
    if (watch !== undefined) this.watchStream = watch;
  }

  /** The reason why the last append failed; null when it succeeded. */
  get failure(): StoreUnavailable | null {
    return this.#failure;
  }

  /** Takes nothing from now on: the disk of the log or its keys has failed. */
  refuse(fault: StoreUnavailable): void {
    this.#refusal = fault;
    this.#failure = fault;
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    try {
      if (this.#refusal !== null) throw this.#refusal;
      const appended = await this.#store.append(stream, events, expected);
      this.#failure = null;
      this.#told(appended.repeated ? 'repeated' : 'recorded');
      return appended;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#failure = error;
      this.#told(error instanceof WrongExpectedRevision ? 'conflict' : 'failed');
      throw error;
    }
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
