import { randomBytes } from 'node:crypto';
import { KEY_BYTES, KEY_ID_BYTES } from '../key-ids.ts';
import type { KeyStreams } from './key-streams.ts';

export interface NewKey {
  readonly id: Buffer;
  readonly key: Buffer;
}

/**
 * Keys that stand in the database and belong to nobody yet. Each node makes its own, so no two hand out the same; those
 * that are left when a node ends stay unused.
 */
export class KeySupply {
  readonly #streams: KeyStreams;
  readonly #size: number;
  readonly #keys: NewKey[] = [];
  #filling: Promise<void> | undefined;
  #closed = false;

  constructor(streams: KeyStreams, size: number) {
    this.#streams = streams;
    this.#size = size;
    this.#fillAhead();
  }

  /** Throws StoreUnavailable when none is left and no more can be made durable. */
  async take(): Promise<NewKey> {
    for (let tried = false; ; tried = true) {
      const key = this.#keys.pop();
      if (key !== undefined) {
        if (this.#keys.length <= this.#size / 4) this.#fillAhead();
        return key;
      }
      await this.#fill().catch((error: unknown) => {
        if (tried || this.#keys.length === 0) throw error;
      });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#keys.length = 0;
    await this.#filling?.catch(() => undefined);
  }

  #fillAhead(): void {
    this.#fill().catch(() => undefined);
  }

  #fill(): Promise<void> {
    this.#filling ??= this.#make().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  /** Throws the first fault; keys that were made durable nevertheless are kept. */
  async #make(): Promise<void> {
    const one = async (): Promise<void> => {
      const key = { id: randomBytes(KEY_ID_BYTES), key: randomBytes(KEY_BYTES) };
      await this.#streams.put(key.id, key.key);
      if (!this.#closed) this.#keys.push(key);
    };
    const made = await Promise.allSettled(Array.from({ length: this.#size - this.#keys.length }, one));
    const failed = made.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}
