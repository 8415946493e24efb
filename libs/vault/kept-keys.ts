import { LRUCache } from 'lru-cache';
import { growingTo } from '../kernel/index.ts';
import { KEY_BYTES } from './key-ids.ts';

/**
 * The data keys that were used last, side by side in one piece of memory, where each is overwritten as soon as it is dropped. As
 * objects of OpenSSL's they would be freed when the collector next looks through all old objects, some tens of thousands at once, for
 * which everybody waits.
 */
export class KeptKeys {
  readonly #bytes: Buffer;
  readonly #places: LRUCache<string, number>;
  readonly #free: number[] = [];
  #used = 0;

  /** Keeps at most so many keys. */
  constructor(most: number) {
    this.#bytes = Buffer.alloc((most + 1) * KEY_BYTES);
    this.#places = new LRUCache({ ...growingTo(most), dispose: (place) => this.#drop(place) });
  }

  /** A copy, which stays what it is when the key is dropped. */
  get(id: string): Buffer | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : Buffer.from(this.#at(place));
  }

  /** `key` has 32 bytes. */
  set(id: string, key: Uint8Array): void {
    const place = this.#free.pop() ?? this.#used++;
    this.#at(place).set(key);
    this.#places.set(id, place);
  }

  delete(id: string): void {
    this.#places.delete(id);
  }

  clear(): void {
    this.#places.clear();
  }

  #at(place: number): Buffer {
    return this.#bytes.subarray(place * KEY_BYTES, (place + 1) * KEY_BYTES);
  }

  #drop(place: number): void {
    this.#at(place).fill(0);
    this.#free.push(place);
  }
}
