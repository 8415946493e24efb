import { KEY_BYTES } from '../key-ids.ts';
import type { StoredKey } from '../keys.ts';

const FIRST_KEYS = 1_024;
const DESTROYED = -1;

/** Many keys in memory, about a hundred bytes each, for a check of all seals that asks the database for all keys at once. */
export class KeyTable {
  /** Where each key stands, by its id. */
  readonly #places = new Map<string, number>();
  #keys = Buffer.alloc(FIRST_KEYS * KEY_BYTES);
  #count = 0;

  add({ id, key }: StoredKey): void {
    if (key === null) {
      this.#places.set(id, DESTROYED);
      return;
    }
    if ((this.#count + 1) * KEY_BYTES > this.#keys.length) {
      this.#keys = Buffer.concat([this.#keys, Buffer.alloc(this.#keys.length)]);
    }
    this.#keys.set(key, this.#count * KEY_BYTES);
    this.#places.set(id, this.#count);
    this.#count += 1;
  }

  find(id: string): Buffer | 'destroyed' | 'unknown' {
    const place = this.#places.get(id);
    if (place === undefined) return 'unknown';
    return place === DESTROYED ? 'destroyed' : this.#keys.subarray(place * KEY_BYTES, (place + 1) * KEY_BYTES);
  }
}
