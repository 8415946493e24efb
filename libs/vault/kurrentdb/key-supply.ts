import { randomBytes } from 'node:crypto';
import { StoreUnavailable } from '../../event-store/port.ts';
import { KEY_BYTES, KEY_ID_BYTES } from '../key-ids.ts';
import type { NewKey } from '../keys.ts';
import type { KeyStreams } from './key-streams.ts';

/** The keys made at once while there are enough, since commenters wait for the same database. */
const WITHOUT_HASTE = 2;
/** Milliseconds after a key was taken until the next one is made: the event that it seals goes to the disk first. */
const SOON_MS = 2;
/**
 * The keys made at once when they run out. The client holds sixteen appends, and a stream that breaks while more wait
 * ends the process.
 */
const AT_ONCE = 15;

/**
 * Unused keys that are stored in the database. Each node makes its own, so no two hand out the same; those left when a
 * node ends stay unused.
 */
export class KeySupply {
  readonly #streams: Pick<KeyStreams, 'put'>;
  readonly #size: number;
  readonly #keys: NewKey[] = [];
  readonly #making = new Set<Promise<void>>();
  #soon: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(streams: Pick<KeyStreams, 'put'>, size: number) {
    this.#streams = streams;
    this.#size = size;
    this.#fill();
  }

  /** Throws StoreUnavailable when none is left and no more can be made durable. */
  async take(): Promise<NewKey> {
    for (;;) {
      const key = this.#keys.pop();
      if (this.#isAmple()) this.#soon ??= setTimeout(() => this.#fill(), SOON_MS);
      else this.#fill();
      if (key !== undefined) return key;
      if (this.#making.size === 0) throw new StoreUnavailable('closed', 'the vault is closed');
      await Promise.race(this.#making).catch((error: unknown) => {
        if (this.#keys.length === 0) throw error;
      });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#soon);
    this.#keys.length = 0;
    await Promise.allSettled(this.#making);
  }

  /** One key is made for each that was taken, so that no comment meets the making of many. */
  #fill(): void {
    this.#soon = undefined;
    const most = this.#isAmple() ? WITHOUT_HASTE : AT_ONCE;
    while (!this.#closed && this.#making.size < most && this.#keys.length + this.#making.size < this.#size) {
      const making = this.#make().finally(() => this.#making.delete(making));
      this.#making.add(making);
      // After a fault the next one that takes a key tries again.
      making.then(
        () => this.#fill(),
        () => undefined,
      );
    }
  }

  #isAmple(): boolean {
    return this.#keys.length > this.#size / 2;
  }

  async #make(): Promise<void> {
    const key = { id: randomBytes(KEY_ID_BYTES), key: randomBytes(KEY_BYTES) };
    await this.#streams.put(key.id, key.key);
    if (!this.#closed) this.#keys.push(key);
  }
}
