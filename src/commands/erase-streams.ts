import pLimit from 'p-limit';
import type { EventStore } from '../../libs/event-store/index.ts';
import { fileNamesIn, IMAGE_STORED_TYPES, type ImageFiles } from '../../libs/images/index.ts';
import type { CommandMeta } from '../../libs/kernel/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import { KEY_DESTRUCTIONS, keyIdIn } from '../../libs/vault/index.ts';
import type { KeyDestroyed } from '../domain/key/key.events.ts';
import type { KeyDestruction } from './key-destruction.ts';
import { streams as named } from './streams.ts';

/** Streams that are read at once. */
const AT_ONCE = 16;
/** Streams whose keys are destroyed together. */
const STREAMS_A_BATCH = 1_000;

/** What a stream sealed, and the files of an image. */
interface Sealed {
  readonly keys: readonly KeyDestroyed['data'][];
  readonly files: readonly string[];
}

/** Makes everything sealed in streams unreadable, for ever and everywhere; the files of images are deleted besides. */
export class StreamErasing {
  readonly #store: Pick<EventStore, 'readStream' | 'readAll'>;
  readonly #destruction: KeyDestruction;
  readonly #files: Pick<ImageFiles, 'remove'>;

  constructor(
    store: Pick<EventStore, 'readStream' | 'readAll'>,
    destruction: KeyDestruction,
    files: Pick<ImageFiles, 'remove'>,
  ) {
    this.#store = store;
    this.#destruction = destruction;
    this.#files = files;
  }

  /** Destroys every key that sealed a part of these streams; gives the number of keys. Throws DomainError storage_unavailable. */
  async erase(streams: readonly string[], meta: CommandMeta): Promise<number> {
    let destroyed = 0;
    for (let start = 0; start < streams.length; start += STREAMS_A_BATCH) {
      const limit = pLimit(AT_ONCE);
      const some = streams.slice(start, start + STREAMS_A_BATCH);
      const found = await Promise.all(some.map((stream) => limit(() => this.#sealedIn(stream))));
      const keys = found.flatMap((each) => each.keys);
      await this.#destruction.destroyAll(keys, meta);
      for (const name of found.flatMap((each) => each.files)) await this.#files.remove(name);
      destroyed += keys.length;
    }
    return destroyed;
  }

  /**
   * Deletes the files of all images whose keys were destroyed, where a crash, another node or a restore has left them.
   * Throws StoreUnavailable, and the system's error.
   */
  async sweepFiles(): Promise<void> {
    for await (const { data } of this.#store.readAll({ filter: KEY_DESTRUCTIONS })) {
      const stream: unknown = Reflect.get(Object(data), 'stream');
      if (typeof stream !== 'string' || !stream.startsWith(named.image(''))) continue;
      const { files } = await this.#sealedIn(stream);
      for (const name of files) await this.#files.remove(name);
    }
  }

  async #sealedIn(stream: string): Promise<Sealed> {
    const ids = new Set<string>();
    const files: string[] = [];
    try {
      for await (const event of this.#store.readStream(stream)) {
        const id = event.sealed === null ? undefined : keyIdIn(event.sealed);
        if (id !== undefined) ids.add(id);
        if (IMAGE_STORED_TYPES.includes(event.type)) files.push(...fileNamesIn(event));
      }
    } catch (error) {
      throw inForumWords(error);
    }
    return { keys: [...ids].map((keyId) => ({ keyId, stream })), files };
  }
}
