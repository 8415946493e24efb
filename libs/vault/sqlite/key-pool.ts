import type { NewKey } from '../keys.ts';
import type { KeyFile } from './key-file.ts';

/** A process that has used up a pool will use more, so later fills are larger by this factor. */
const LATER_FILLS = 4;
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
    this.#keys.push(...this.#file.make(count, wait));
    this.#isBegun = true;
  }
}
