import type { KeyStore, StoredKey } from '../vault/index.ts';
import { CopyRefused } from './copy-refused.ts';
import { KeyPrints } from './key-prints.ts';
import type { CopyOptions } from './port.ts';

type Steps = Pick<CopyOptions, 'onProgress' | 'signal'>;

/**
 * Brings the keys of one vault to another. A key destroyed in the target stays destroyed.
 * `bring` comes before the events: a destruction is recorded before its key goes, so the log that is read afterwards
 * has the event of every key that came destroyed. `bringNew` comes after them, for keys made meanwhile: a key is made
 * before the first event that it seals, so no needed key is missing then.
 */
export class KeyCopy {
  readonly #source: KeyStore;
  readonly #target: KeyStore;
  readonly #steps: Steps;
  /** Keys that the target had at the beginning. */
  readonly #standing = new KeyPrints();
  readonly #brought = new KeyPrints();
  #count = 0;

  constructor(source: KeyStore, target: KeyStore, steps: Steps) {
    this.#source = source;
    this.#target = target;
    this.#steps = steps;
  }

  /** All keys of the source at its last reading, destroyed ones included. */
  get count(): number {
    return this.#count;
  }

  /** Reads the target's keys; called before anything else. */
  async begin(): Promise<void> {
    await this.#read(this.#standing);
  }

  /** Brings the keys that the target lacks, and the destructions. */
  async bring(): Promise<void> {
    for await (const missing of this.#missing([this.#standing])) await this.#add(missing);
  }

  /**
   * Brings keys whose ids the target lacks, and gives the ids of those that came destroyed. A key destroyed after
   * `bring` is left: its event stands in the copied log, or comes after it.
   */
  async bringNew(): Promise<readonly string[]> {
    const destroyed: string[] = [];
    for await (const missing of this.#missing([this.#standing, this.#brought])) {
      const states = await Promise.all(missing.map(({ id }) => this.#target.stateOf(id)));
      const unknown = missing.filter((_, at) => states[at] === 'unknown');
      await this.#add(unknown);
      destroyed.push(...unknown.filter(({ key }) => key === null).map(({ id }) => id));
    }
    return destroyed;
  }

  /** Reads the target back. Throws CopyRefused when a key differs. */
  async check(): Promise<void> {
    if (this.#brought.count === 0) return;
    const found = new KeyPrints();
    await this.#read(found);
    const lost = this.#brought.missingIn(found);
    if (lost > 0)
      throw new CopyRefused(`keys that did not arrive in the target’s vault as they were: ${lost}; run the copy again`);
  }

  /** Keys of the source that are not known to be the same in the target, or destroyed there. */
  async *#missing(there: readonly KeyPrints[]): AsyncIterable<readonly StoredKey[]> {
    const { onProgress, signal } = this.#steps;
    const size = await this.#source.size();
    this.#count = 0;
    for await (const keys of this.#source.all()) {
      signal?.throwIfAborted();
      const missing = keys.filter(
        (key) => !there.some((prints) => prints.has(key) || prints.has({ ...key, key: null })),
      );
      if (missing.length > 0) yield missing;
      this.#count += keys.length;
      onProgress?.('keys', size === null ? 0n : BigInt(this.#count), BigInt(size ?? 1), this.#count);
    }
  }

  async #add(keys: readonly StoredKey[]): Promise<void> {
    if (keys.length > 0) await this.#target.add(keys);
    for (const key of keys) this.#brought.add(key);
  }

  async #read(into: KeyPrints): Promise<void> {
    for await (const batch of this.#target.all()) {
      this.#steps.signal?.throwIfAborted();
      for (const key of batch) into.add(key);
    }
  }
}
