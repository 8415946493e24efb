import { LRUCache } from 'lru-cache';
import type { EventStore, StreamWatch } from '../event-store/index.ts';
import type { Fact, Fold } from '../kernel/index.ts';
import { growingTo } from '../kernel/index.ts';
import type { Decoder } from './decode.ts';

interface Known<State> {
  state: State;
  revision: bigint;
  /** Of a log that has watches: as long as it is current, nothing was added since. */
  watch: StreamWatch | undefined;
}

/**
 * Facts about streams of one kind, as current as the log: known facts are kept, and each question reads only newer
 * events, mostly none. Where the log can tell that there are none, it is not read.
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
    this.#known = new LRUCache(growingTo(source.most ?? 10_000));
  }

  /** The stream's facts now; those of an empty stream when there is none. Ask again rather than keep the answer. */
  async of(stream: string): Promise<State> {
    const kept = this.#known.get(stream);
    const isCurrent = kept?.watch?.isCurrent();
    // A file tells at once: to wait for what is there takes longer than to look.
    if (kept !== undefined && (isCurrent === true || (await isCurrent) === true)) return kept.state;
    const watch = this.#store.watchStream?.(stream);
    const known = kept ?? { state: this.#fold.initial(), revision: -1n, watch };
    for await (const event of this.#store.readStream(stream, known.revision + 1n)) {
      if (event.revision <= known.revision) continue;
      known.state = this.#fold.evolve(known.state, this.#decoder.read(event));
      known.revision = event.revision;
    }
    known.watch = watch;
    if (kept === undefined) this.#known.set(stream, known);
    return known.state;
  }
}
