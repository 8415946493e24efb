import { randomBytes } from 'node:crypto';
import { KEY_BYTES, KEY_ID_BYTES } from '../key-ids.ts';
import type { NewKey } from '../keys.ts';
import type { KeyFile } from './key-file.ts';

/** A process that has used up a pool will use more, so later fills are larger by this factor. */
const LATER_FILLS = 4;
/**
 * An id begins with the time at which it was made: ids made together stand together in the file's index, so adding them
 * writes a few of its pages and not one for each (compare RFC 9562, 6.11, on UUID version 7).
 */
const TIME_BYTES = 6;
const RANDOM_BYTES = KEY_ID_BYTES - TIME_BYTES + KEY_BYTES;

/**
 * Unused keys that are on disk. Each process makes its own, so no two hand out the same; those left when a process ends
 * stay unused.
 */
export class KeyPool {
  readonly #file: KeyFile;
  readonly #size: number;
  #keys: NewKey[] = [];
  #isBegun = false;
  #refilling: NodeJS.Immediate | undefined;

  /** The first are made `ahead`: at once, or when something else is done, or (false) when one is taken. */
  constructor(file: KeyFile, size: number, ahead: boolean | Promise<void>) {
    this.#file = file;
    this.#size = size;
    if (ahead === true) this.#refill(size, true);
    else if (ahead !== false) void ahead.then(() => this.#beginAhead());
  }

  /** Throws StoreUnavailable when the pool is empty and no more keys can be made durable. */
  take(): NewKey {
    if (this.#keys.length === 0) this.#refill(this.#isBegun ? this.#size * LATER_FILLS : this.#size, true);
    const key = this.#keys.pop();
    if (key === undefined) throw new RangeError('a pool holds at least one key');
    if (this.#keys.length <= this.#size / 4)
      this.#refilling ??= setImmediate(() => this.#refillAhead(this.#size * LATER_FILLS));
    return key;
  }

  close(): void {
    clearImmediate(this.#refilling);
    this.#keys = [];
    this.#isBegun = true;
  }

  #beginAhead(): void {
    if (!this.#isBegun) this.#refillAhead(this.#size);
  }

  /** Waits for no lock. A fault concerns nobody yet: it is reported when a key is taken and none is left. */
  #refillAhead(count: number): void {
    this.#refilling = undefined;
    try {
      this.#refill(count, false);
    } catch {
      return;
    }
  }

  #refill(count: number, wait: boolean): void {
    const time = Buffer.alloc(TIME_BYTES);
    time.writeUIntBE(Date.now(), 0, TIME_BYTES);
    const random = randomBytes(count * RANDOM_BYTES);
    const made = Array.from({ length: count }, (_, index): NewKey => {
      const [start, end] = [index * RANDOM_BYTES, (index + 1) * RANDOM_BYTES];
      const id = Buffer.concat([time, random.subarray(start, end - KEY_BYTES)]);
      return { id, key: Buffer.from(random.subarray(end - KEY_BYTES, end)) };
    });
    random.fill(0);
    this.#file.add(made, wait);
    this.#keys.push(...made);
    this.#isBegun = true;
  }
}
