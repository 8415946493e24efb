import type { KeyCache } from './key-cache.ts';
import type { KeyStreams } from './key-streams.ts';

export interface FollowedKeysOptions {
  readonly streams: KeyStreams;
  readonly cache: KeyCache;
  /** Called with the ids of keys that were destroyed, in hex. */
  readonly onDestroyed: (ids: readonly string[]) => void;
  /** How often it looks by itself, in milliseconds. */
  readonly everyMs: number;
}

/** Milliseconds after a failed look until the next one makes anybody wait. */
const AWAY_MS = 2_000;

/**
 * Keeps a node's copy of the keys current with the database: on demand before a key is used, and by itself at
 * intervals.
 */
export class FollowedKeys {
  readonly #options: FollowedKeysOptions;
  readonly #timer: NodeJS.Timeout;
  #end = -1n;
  #synced = false;
  #looking: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #awayUntil = 0;
  #closed = false;

  constructor(options: FollowedKeysOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#inBackground(), options.everyMs);
    this.#timer.unref();
    this.#inBackground();
  }

  /**
   * Resolves with `level` when everything destroyed before the call is destroyed here too; with `behind` while the copy
   * is still being made, and `away` when the database cannot be asked now. Calls made meanwhile share the next look.
   */
  async level(): Promise<'level' | 'behind' | 'away'> {
    if (performance.now() < this.#awayUntil) return 'away';
    if (!this.#synced) return 'behind';
    try {
      await this.#look();
      return 'level';
    } catch {
      return 'away';
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await Promise.allSettled([this.#looking, this.#next]);
  }

  /** A look that began before the call may have missed what the caller must see, so the call waits for the next one. */
  #look(): Promise<void> {
    if (this.#looking === undefined) {
      this.#looking = this.#lookOnce().finally(() => {
        this.#looking = undefined;
      });
      return this.#looking;
    }
    this.#next ??= this.#looking
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#look();
      });
    return this.#next;
  }

  async #lookOnce(): Promise<void> {
    const { streams, cache } = this.#options;
    try {
      const end = await streams.end();
      if (end === this.#end) return;
      for (let after = this.#end < cache.position ? cache.position : this.#end; !this.#closed; ) {
        const { fates, position, whole } = await streams.since(after);
        this.#apply(fates, position);
        if (whole || position === undefined) break;
        after = position;
      }
      this.#end = end;
      this.#synced = true;
      this.#awayUntil = 0;
    } catch (error) {
      this.#awayUntil = performance.now() + AWAY_MS;
      throw error;
    }
  }

  #apply(fates: Parameters<KeyCache['apply']>[0], position: bigint | undefined): void {
    if (position === undefined || this.#closed) return;
    this.#options.cache.apply(fates, position);
    const destroyed = fates.filter(({ key }) => key === null).map(({ id }) => id.toString('hex'));
    if (destroyed.length > 0) this.#options.onDestroyed(destroyed);
  }

  /** A fault concerns nobody yet: it is reported to the next user of a key. */
  #inBackground(): void {
    this.#look().catch(() => undefined);
  }
}
