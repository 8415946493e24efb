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
  /** The answer while the watch is current. */
  told: Promise<State> | null;
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
  of(stream: string): Promise<State> {
    const kept = this.#known.get(stream);
    if (kept === undefined) return this.#read(stream);
    const isCurrent = kept.watch?.isCurrent();
    // A file tells at once, and what it was told by serves again: a comment asks for a dozen facts.
    if (isCurrent === true) return (kept.told ??= Promise.resolve(kept.state));
    return this.#again(stream, kept, isCurrent);
  }

  async #again(stream: string, kept: Known<State>, isCurrent: Promise<boolean> | false | undefined): Promise<State> {
    return (await isCurrent) === true ? kept.state : this.#read(stream, kept);
  }

  async #read(stream: string, kept?: Known<State>): Promise<State> {
    const watch = this.#store.watchStream?.(stream);
    const known = kept ?? { state: this.#fold.initial(), revision: -1n, watch, told: null };
    for await (const event of this.#store.readStream(stream, known.revision + 1n)) {
      if (event.revision <= known.revision) continue;
      known.told = null;
      known.state = this.#fold.evolve(known.state, this.#decoder.read(event));
      known.revision = event.revision;
    }
    known.watch = watch;
    if (kept === undefined) this.#known.set(stream, known);
    return known.state;
  }
}
