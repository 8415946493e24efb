import type { Appended, ExpectedRevision, NewEvent } from './port.ts';
import { StoreAround } from './store-around.ts';

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
export class OrderedAppends extends StoreAround {
  readonly #places = new Map<string, Place>();

  /** A new order, beside those of others. */
  order(): AppendOrder {
    return new AppendOrder(this.#places);
  }

  override async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const place = this.#places.get(stream);
    if (place === undefined) return super.append(stream, events, expected);
    await place.before;
    const appended = super.append(stream, events, expected);
    place.pass();
    return appended;
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
