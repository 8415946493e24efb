import { LRUCache } from 'lru-cache';
import { DomainError, growingTo } from '../../libs/kernel/index.ts';

/** The most turns that are remembered; beyond it the oldest are forgotten. */
const MOST_TURNS = 50_000;
/** The longest time for which a network is remembered: the text on privacy says one hour. */
const LONGEST_SECONDS = 3_600;

interface Turn {
  readonly commentId: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * Slow mode for those without an account, who are told apart by their networks alone. In this process's memory, since
 * the log must not keep the networks.
 */
export class GuestTurns {
  readonly #turns = new LRUCache<string, Turn>({
    ...growingTo(MOST_TURNS),
    ttlAutopurge: true,
    ttl: LONGEST_SECONDS * 1_000,
  });

  /** Gives what takes the turn back. A repeat of the same comment needs no turn. Throws DomainError `slow_mode`. */
  take(commentId: string, at: { readonly key: string; readonly everySeconds: number }): () => void {
    const { key, everySeconds } = at;
    const now = Date.now();
    const last = this.#turns.get(key);
    if (everySeconds === 0 || last?.commentId === commentId) return () => undefined;
    const wait = Math.ceil(((last?.until ?? 0) - now) / 1_000);
    if (wait > 0) {
      throw new DomainError('slow_mode', `Slow mode: one comment every ${everySeconds} s; wait ${wait} s.`, [], wait);
    }
    const ttl = Math.min(everySeconds, LONGEST_SECONDS) * 1_000;
    this.#turns.set(key, { commentId, until: now + ttl }, { ttl });
    return () => {
      if (this.#turns.get(key)?.commentId === commentId) this.#turns.delete(key);
    };
  }
}
