import pLimit from 'p-limit';
import type { EventStore } from '../../libs/event-store/index.ts';
import type { CommandMeta } from '../../libs/kernel/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import { keyIdIn } from '../../libs/vault/index.ts';
import type { KeyDestroyed } from '../domain/key/key.events.ts';
import type { KeyDestruction } from './key-destruction.ts';

/** Streams that are read at once. */
const AT_ONCE = 16;
/** Streams whose keys are destroyed together. */
const STREAMS_A_BATCH = 1_000;

/** Makes everything sealed in streams unreadable, for ever and everywhere. */
export class StreamErasing {
  readonly #store: Pick<EventStore, 'readStream'>;
  readonly #destruction: KeyDestruction;

  constructor(store: Pick<EventStore, 'readStream'>, destruction: KeyDestruction) {
    this.#store = store;
    this.#destruction = destruction;
  }

  /** Destroys every key that sealed a part of these streams; gives the number of keys. Throws DomainError storage_unavailable. */
  async erase(streams: readonly string[], meta: CommandMeta): Promise<number> {
    let destroyed = 0;
    for (let start = 0; start < streams.length; start += STREAMS_A_BATCH) {
      const limit = pLimit(AT_ONCE);
      const some = streams.slice(start, start + STREAMS_A_BATCH);
      const found = await Promise.all(some.map((stream) => limit(() => this.#keysIn(stream))));
      const keys = found.flat();
      await this.#destruction.destroyAll(keys, meta);
      destroyed += keys.length;
    }
    return destroyed;
  }

  async #keysIn(stream: string): Promise<readonly KeyDestroyed['data'][]> {
    const ids = new Set<string>();
    try {
      for await (const { sealed } of this.#store.readStream(stream)) {
        const id = sealed === null ? undefined : keyIdIn(sealed);
        if (id !== undefined) ids.add(id);
      }
    } catch (error) {
      throw inForumWords(error);
    }
    return [...ids].map((keyId) => ({ keyId, stream }));
  }
}
