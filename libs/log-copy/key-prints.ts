import { hash } from 'node:crypto';
import type { StoredKey } from '../vault/index.ts';

const FIRST_SIZE = 1_024;

/**
 * Eight bytes for each key, told from each other by its id and its bytes (or that it was destroyed): so that a million
 * keys can be compared with another vault's in eight megabytes.
 */
export class KeyPrints {
  #prints = new BigUint64Array(FIRST_SIZE);
  #count = 0;
  #sorted = false;
  #seen = new Uint8Array(0);

  get count(): number {
    return this.#count;
  }

  add(key: StoredKey): void {
    if (this.#count === this.#prints.length) {
      const larger = new BigUint64Array(this.#count * 2);
      larger.set(this.#prints);
      this.#prints = larger;
    }
    this.#prints[this.#count] = printOf(key);
    this.#count += 1;
    this.#sorted = false;
  }

  /** Ticks a key off that the other vault has; one that was never added changes nothing. */
  see(key: StoredKey): void {
    this.#sort();
    const print = printOf(key);
    for (let at = this.#firstFrom(print); at < this.#count && this.#prints[at] === print; at += 1) this.#seen[at] = 1;
  }

  /** Keys that were added and not seen. */
  unseen(): number {
    this.#sort();
    return this.#seen.reduce((left, seen) => left - seen, this.#count);
  }

  #sort(): void {
    if (this.#sorted) return;
    this.#prints.subarray(0, this.#count).sort();
    this.#seen = new Uint8Array(this.#count);
    this.#sorted = true;
  }

  #firstFrom(print: bigint): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#prints[middle] ?? 0n) < print) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function printOf({ id, key }: StoredKey): bigint {
  const bytes = Buffer.concat([Buffer.from(id, 'hex'), key ?? new Uint8Array(0)]);
  return hash('sha256', bytes, 'buffer').readBigUInt64LE();
}
