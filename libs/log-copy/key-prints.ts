import { hash } from 'node:crypto';
import type { StoredKey } from '../vault/index.ts';

const FIRST_SIZE = 1_024;

/**
 * Eight bytes for each key, made of its id and its bytes (or its destruction), so that a million keys are compared in
 * eight megabytes.
 */
export class KeyPrints {
  #prints = new BigUint64Array(FIRST_SIZE);
  #count = 0;
  #sorted = false;

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

  has(key: StoredKey): boolean {
    return this.#includes(printOf(key));
  }

  /** The number of these that the others lack. */
  missingIn(others: KeyPrints): number {
    let missing = 0;
    for (const print of this.#prints.subarray(0, this.#count)) if (!others.#includes(print)) missing += 1;
    return missing;
  }

  #includes(print: bigint): boolean {
    this.#sort();
    const at = this.#firstFrom(print);
    return at < this.#count && this.#prints[at] === print;
  }

  #sort(): void {
    if (this.#sorted) return;
    this.#prints.subarray(0, this.#count).sort();
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
