import type { EventStore } from '../../../libs/event-store/index.ts';
import type { Position } from '../../../libs/kernel/index.ts';
import type { ImportSourceKind } from '../../../libs/words/index.ts';
import { decoders } from '../../commands/decoders.ts';
import { streams } from '../../commands/streams.ts';
import type { SourceAuthor } from '../../domain/comment/comment.events.ts';

const FILTER = { types: ['ErasureRemembered.v1'], streamPrefixes: [streams.erasure('')] };
/** Milliseconds after which the log is asked again: somebody may be erased while the import runs. */
const ASK_EVERY = 1_000;

interface KnownAs {
  readonly email: string | null;
  readonly name: string | null;
  /** Null for every system. */
  readonly source: string | null;
}

/** What the forum remembers somebody by who was erased: keyed hashes of an address, or of a name, and of the system. */
export interface ErasedNames {
  erased(as: KnownAs): readonly string[];
  /** By older versions. */
  erasedBefore(as: KnownAs): readonly string[];
}

/** Who was erased here, by an address or a name: nothing of them is brought again. */
export class ErasedHere {
  readonly #store: Pick<EventStore, 'head' | 'readAll'>;
  readonly #names: ErasedNames;
  readonly #marks = new Set<string>();
  #after: Position = 0n;
  #known: Promise<void> | undefined;
  #askedAt = 0;

  constructor(store: Pick<EventStore, 'head' | 'readAll'>, names: ErasedNames) {
    this.#store = store;
    this.#names = names;
  }

  /** True for whoever was erased from every system, or from this one. Throws StoreUnavailable. */
  async has({ email, displayName }: SourceAuthor, source: ImportSourceKind): Promise<boolean> {
    await this.#learnt();
    if (this.#marks.size === 0) return false;
    const known = [{ email: null, name: displayName }, ...(email === null ? [] : [{ email, name: null }])];
    return known
      .flatMap((as) => [source, null].map((from) => ({ ...as, source: from })))
      .flatMap((as) => [...this.#names.erased(as), ...this.#names.erasedBefore(as)])
      .some((mark) => this.#marks.has(mark));
  }

  #learnt(): Promise<void> {
    const now = performance.now();
    if (this.#known === undefined || now - this.#askedAt >= ASK_EVERY) {
      this.#askedAt = now;
      this.#known = this.#learn();
    }
    return this.#known;
  }

  async #learn(): Promise<void> {
    // A log server looks through all that stands behind `after`, so it begins where the log ended last.
    const head = await this.#store.head();
    for await (const event of this.#store.readAll({ filter: FILTER, after: this.#after })) {
      const { type, data } = decoders.erasure.read(event);
      if (type !== 'ErasureRemembered.v1') continue;
      for (const mark of data.marks) this.#marks.add(mark);
    }
    this.#after = head;
  }
}
