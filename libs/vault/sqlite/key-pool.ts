import { randomBytes } from 'node:crypto';
import { KEY_BYTES, KEY_ID_BYTES } from '../sealed-form.ts';
import type { KeyFile, NewKey } from './key-file.ts';

/**
 * Keys that are on disk and belong to nobody yet. Each process makes its own, so no two hand out the same;
 * those that are left when a process ends stay unused.
 */
export class KeyPool {
  readonly #file: KeyFile;
  readonly #size: number;
  #keys: NewKey[] = [];
  #refilling: NodeJS.Immediate | undefined;

  constructor(file: KeyFile, size: number) {
    this.#file = file;
    this.#size = size;
    this.#refill(true);
  }

  /** Throws StoreUnavailable when the pool is empty and no more keys can be made durable. */
  take(): NewKey {
    if (this.#keys.length === 0) this.#refill(true);
    const key = this.#keys.pop();
    if (key === undefined) throw new RangeError('a pool holds at least one key');
    if (this.#keys.length <= this.#size / 4) this.#refilling ??= setImmediate(() => this.#refillAhead());
    return key;
  }

  close(): void {
    clearImmediate(this.#refilling);
    this.#keys = [];
  }

  /** Waits for no lock, and a fault is no one's yet: it is told to whoever takes a key when none is left. */
  #refillAhead(): void {
    this.#refilling = undefined;
    try {
      this.#refill(false);
    } catch {
      return;
    }
  }

  #refill(wait: boolean): void {
    const random = randomBytes(this.#size * (KEY_ID_BYTES + KEY_BYTES));
    const made = Array.from({ length: this.#size }, (_, index): NewKey => {
      const start = index * (KEY_ID_BYTES + KEY_BYTES);
      const middle = start + KEY_ID_BYTES;
      return {
        id: Buffer.from(random.subarray(start, middle)),
        key: Buffer.from(random.subarray(middle, middle + KEY_BYTES)),
      };
    });
    random.fill(0);
    this.#file.add(made, wait);
    this.#keys.push(...made);
  }
}
