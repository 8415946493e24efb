import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { growingTo } from '../../libs/kernel/index.ts';
import { blockOf } from './network.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The most blocks of addresses that are counted; beyond it those are forgotten first that came longest ago. */
const MOST_BLOCKS = 20_000;
/** The most times of one block that are kept; the limits of the policy reach no further. */
const MOST_TIMES = 10_000;

/** Those from the same block before this one, and what takes this one back. */
export interface CountedArrival {
  readonly withinHour: number;
  readonly withinDay: number;
  readonly giveBack: () => void;
}

/**
 * Counts who registered from the same block of addresses, in this process's memory for a day. The block is kept as a
 * hash with a key that ends with the process, so that no address can be read or tried out afterwards.
 */
export class ArrivalCounts {
  readonly #key = randomBytes(32);
  readonly #times = new LRUCache<string, number[]>({ ...growingTo(MOST_BLOCKS), ttl: DAY_MS, ttlAutopurge: false });

  /** `now` in milliseconds since 1970. */
  take(address: string, now: number): CountedArrival {
    const key = this.#keyOf(address);
    const times = (this.#times.get(key) ?? []).filter((at) => at > now - DAY_MS);
    const withinHour = times.filter((at) => at > now - HOUR_MS).length;
    const withinDay = times.length;
    this.#times.set(key, [...times, now].slice(-MOST_TIMES));
    return { withinHour, withinDay, giveBack: () => this.#giveBack(key, now) };
  }

  /** Those within the last hour, without one more. */
  seen(address: string, now: number): number {
    return (this.#times.get(this.#keyOf(address)) ?? []).filter((at) => at > now - HOUR_MS).length;
  }

  /** Forgets all of them. */
  clear(): void {
    this.#times.clear();
  }

  #keyOf(address: string): string {
    return createHmac('sha256', this.#key).update(blockOf(address)).digest('base64url');
  }

  #giveBack(key: string, at: number): void {
    const times = this.#times.get(key) ?? [];
    const place = times.indexOf(at);
    if (place !== -1) this.#times.set(key, times.toSpliced(place, 1));
  }
}
