import {
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  StoreAround,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../../libs/event-store/index.ts';

export type AppendOutcome = 'recorded' | 'repeated' | 'conflict' | 'failed';

/** The log with its appends observed, for metrics and for the health report while nothing can be written. */
export class ObservedStore extends StoreAround {
  readonly #told: (outcome: AppendOutcome) => void;
  #failure: StoreUnavailable | null = null;
  #refusal: StoreUnavailable | null = null;

  constructor(store: EventStore, told: (outcome: AppendOutcome) => void) {
    super(store);
    this.#told = told;
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

  override async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    try {
      if (this.#refusal !== null) throw this.#refusal;
      const appended = await super.append(stream, events, expected);
      this.#failure = null;
      this.#told(appended.repeated ? 'repeated' : 'recorded');
      return appended;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#failure = error;
      this.#told(error instanceof WrongExpectedRevision ? 'conflict' : 'failed');
      throw error;
    }
  }
}
