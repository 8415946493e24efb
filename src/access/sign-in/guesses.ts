import { LRUCache } from 'lru-cache';
import { growingTo } from '../../../libs/kernel/index.ts';

/** The wrong passwords in a row that cause no wait: ten, as many as the limit by address and login lets through. */
const FREE = 10;
const FIRST_WAIT_S = 30;
const LONGEST_WAIT_S = 900;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
/** The number of keys; beyond it the keys guessed at longest ago are forgotten first. */
const MOST_KEPT = 50_000;
/** The number of wrong passwords from which the owner is told. */
const TOLD_FROM = 5;

interface Counted {
  readonly wrong: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
}

/** The wrong passwords that were tried for a member while it was away. */
export interface FailedSignIns {
  readonly count: number;
  /** RFC 3339. */
  readonly since: string;
}

/**
 * Counts wrong passwords in this process's memory, whatever address they come from, and says how long to wait after
 * them.
 */
export class Guesses {
  readonly #counted = new LRUCache<string, Counted>({ ...growingTo(MOST_KEPT), ttl: FORGOTTEN_AFTER_MS });
  readonly #untold = new LRUCache<string, FailedSignIns>(growingTo(MOST_KEPT));

  /** Seconds until the next guess at the key is accepted; 0 for now. */
  wait(key: string, now: number): number {
    const counted = this.#counted.get(key);
    if (counted === undefined || counted.wrong < FREE) return 0;
    const wait = Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (counted.wrong - FREE));
    return Math.max(0, Math.ceil((counted.lastAt - now) / 1000 + wait));
  }

  /**
   * Counts a guess as wrong from its beginning, so that many guesses at once do not avoid the count; `takeBack` is for
   * a right one.
   */
  count(key: string, now: number): { readonly takeBack: () => void } {
    const before = this.#counted.get(key);
    this.#counted.set(key, { wrong: (before?.wrong ?? 0) + 1, lastAt: now });
    return { takeBack: () => this.#takeBack(key, before?.lastAt ?? 0) };
  }

  /** Remembers it for the member until it is told. */
  tell(memberId: string, now: number): void {
    const { count, since } = this.#untold.get(memberId) ?? { count: 0, since: new Date(now).toISOString() };
    this.#untold.set(memberId, { count: count + 1, since });
  }

  /** Null when there were too few to mention. */
  untold(memberId: string): FailedSignIns | null {
    const failed = this.#untold.get(memberId);
    return failed === undefined || failed.count < TOLD_FROM ? null : failed;
  }

  /** The member has seen it. */
  told(memberId: string): void {
    this.#untold.delete(memberId);
  }

  #takeBack(key: string, lastAt: number): void {
    const counted = this.#counted.get(key);
    if (counted === undefined) return;
    if (counted.wrong <= 1) this.#counted.delete(key);
    else this.#counted.set(key, { wrong: counted.wrong - 1, lastAt: Math.max(lastAt, 0) });
  }
}
