import { LRUCache } from 'lru-cache';
import type { EventStore } from '../event-store/index.ts';
import type { Fact, Fold } from '../kernel/index.ts';
import type { Decoder } from './decode.ts';

interface Known<State> {
  state: State;
  revision: bigint;
}

/**
 * Facts about streams of one kind, as current as the log is: what is known of a stream is kept, and each question
 * reads only the events that were added since, mostly none.
 */
export class StreamFacts<State, F extends Fact> {
  readonly #store: EventStore;
  readonly #fold: Fold<State, F>;
  readonly #decoder: Decoder<F>;
  readonly #known: LRUCache<string, Known<State>>;

  /** Keeps the facts of `most` streams, those that were asked for last. */
  constructor(source: { store: EventStore; fold: Fold<State, F>; decoder: Decoder<F>; most?: number }) {
    this.#store = source.store;
    this.#fold = source.fold;
    this.#decoder = source.decoder;
    this.#known = new LRUCache({ max: source.most ?? 10_000 });
  }

  /** The stream's facts now; those of an empty stream when there is none. Ask again rather than keep the answer. */
  async of(stream: string): Promise<State> {
    const kept = this.#known.get(stream);
    const known = kept ?? { state: this.#fold.initial(), revision: -1n };
    for await (const event of this.#store.readStream(stream, known.revision + 1n)) {
      if (event.revision <= known.revision) continue;
      known.state = this.#fold.evolve(known.state, this.#decoder.read(event));
      known.revision = event.revision;
    }
    if (kept === undefined && known.revision >= 0n) this.#known.set(stream, known);
    return known.state;
  }
}
