import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError, growingTo } from '../../libs/kernel/index.ts';

interface RateLimit {
  readonly points: number;
  /** Seconds. */
  readonly per: number;
  /** The meaning of a key of this kind. */
  readonly by: string;
}

/** The limits by kind; a kind that several sorts of keys share counts each key by itself. */
export const RATE_LIMITS = {
  'sign-in': { points: 10, per: 300, by: 'network and login' },
  'sign-in-address': { points: 60, per: 300, by: 'network' },
  'passkey-options': { points: 120, per: 300, by: 'network' },
  /** By network too, so that nobody keeps an address from registering for its owner. */
  'register-email': { points: 5, per: 86_400, by: 'network and e-mail address' },
  founder: { points: 10, per: 3_600, by: 'network' },
  register: { points: 10, per: 3_600, by: 'network' },
  /** Mails with links that anybody can ask for, to an address of their choice. */
  link: { points: 20, per: 3_600, by: 'network' },
  'link-email': { points: 5, per: 3_600, by: 'purpose and e-mail address' },
  /** Mails to an address that nobody has confirmed yet, whoever gave it. */
  'confirmation-email': { points: 5, per: 3_600, by: 'mailbox, its plain spelling and all others apart' },
  'link-member': { points: 5, per: 3_600, by: 'member' },
  'link-use': { points: 60, per: 300, by: 'network' },
  /** Guests' comments, each with a mail to an address of their choice. */
  guest: { points: 30, per: 3_600, by: 'network' },
  'guest-email': { points: 5, per: 3_600, by: 'e-mail address' },
  /** Those of them that come by a form without the proof of work that the policy asks for. */
  'guest-unproven': { points: 3, per: 3_600, by: 'network' },
  /** Questions for the newsletter, each with a mail to an address of their choice. */
  subscribe: { points: 20, per: 3_600, by: 'network' },
  'subscribe-email': { points: 5, per: 3_600, by: 'e-mail address' },
  claim: { points: 20, per: 600, by: 'member' },
  invite: { points: 60, per: 3_600, by: 'member' },
  comment: { points: 20, per: 60, by: 'member' },
  preview: { points: 120, per: 60, by: 'member' },
  'preview-guest': { points: 300, per: 60, by: 'network' },
  edit: { points: 30, per: 60, by: 'member' },
  report: { points: 20, per: 600, by: 'member' },
  decide: { points: 240, per: 60, by: 'member' },
  reaction: { points: 60, per: 60, by: 'member' },
  profile: { points: 20, per: 60, by: 'member' },
  /** The count is a setting, since each change stands in the log for ever. */
  'profile-day': { points: 30, per: 86_400, by: 'member' },
  /** Follows, mutes, read marks and choices; each stands in the log for ever. */
  attention: { points: 60, per: 60, by: 'member' },
  /** Kept and dropped drafts; each stands in the log for ever, sealed. */
  draft: { points: 240, per: 3_600, by: 'member' },
  /** Unpublished texts of posts, kept and dropped; each stands in the log for ever, sealed. */
  'post-draft': { points: 20, per: 60, by: 'member' },
  /** Visits to discussions that are kept; beyond it they are kept in the browser alone. */
  visit: { points: 240, per: 3_600, by: 'member' },
  /** Images that are brought for comments, and by editors for posts: each takes seconds of a processor. */
  image: { points: 20, per: 3_600, by: 'member' },
  'image-editor': { points: 200, per: 3_600, by: 'member' },
  'own-data': { points: 10, per: 3_600, by: 'member' },
  /** Letters about answers by mail that are no comment; each stands in the log for ever. */
  'mailed-answer': { points: 10, per: 86_400, by: 'member' },
  'test-mail': { points: 10, per: 600, by: 'member' },
  publish: { points: 30, per: 60, by: 'member' },
  typing: { points: 60, per: 60, by: 'member' },
  message: { points: 600, per: 60, by: 'socket' },
  /**
   * A connection attempt, before any session; all readers of one network share it, and come back together after a
   * restart.
   */
  connect: { points: 600, per: 60, by: 'network' },
  join: { points: 300, per: 60, by: 'network' },
  read: { points: 600, per: 60, by: 'network' },
  /**
   * Images and other files, which cost little. They are no reads: what is shown in a page must not keep those who look at
   * it from pages and API.
   */
  file: { points: 6_000, per: 60, by: 'network' },
} as const satisfies Record<string, RateLimit>;

/** The most keys of a kind; beyond it the keys that asked longest ago are forgotten first. */
const MOST_KEYS = 100_000;

interface Limiter {
  readonly counts: RateLimiterMemory;
  readonly keys: LRUCache<string, true>;
}

export type RateLimitKind = keyof typeof RATE_LIMITS;

/** The refusal of one more of a kind, for so many seconds and one at least. */
export function tooManyRequests(forSeconds: number): DomainError {
  const seconds = Math.max(1, forSeconds);
  return new DomainError('rate_limited', `Too many requests of this kind. Try again in ${seconds} s.`, [], seconds);
}

/** Counts in this process's memory. HTTP, live and pages share it, so that no way in avoids a limit. */
export class RateLimits {
  readonly #limiters = new Map<RateLimitKind, Limiter>();
  readonly #points: Partial<Record<RateLimitKind, number>>;
  readonly on: boolean;

  /** `points` replaces the counts that are settings. */
  constructor(on: boolean, points: Partial<Record<RateLimitKind, number>> = {}) {
    this.on = on;
    this.#points = points;
  }

  /**
   * Counts one use; rejects with DomainError `rate_limited` and the seconds to wait when the key has used its share.
   * Undefined when limits are off, so that nobody waits.
   */
  take(kind: RateLimitKind, key: string): Promise<void> | undefined {
    return this.on ? this.#count(kind, key) : undefined;
  }

  /** Counts one use, and tells whether the key had a share left for it; a caller that may do without asks so. */
  async spend(kind: RateLimitKind, key: string): Promise<boolean> {
    try {
      await this.take(kind, key);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'rate_limited') return false;
      throw error;
    }
  }

  /** Takes back a use that came to nothing, such as a letter that was not sent. */
  async giveBack(kind: RateLimitKind, key: string): Promise<void> {
    if (this.on) await this.#limiter(kind).counts.reward(key);
  }

  async #count(kind: RateLimitKind, key: string): Promise<void> {
    try {
      const { counts, keys } = this.#limiter(kind);
      keys.set(key, true);
      await counts.consume(key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw tooManyRequests(Math.ceil(refused.msBeforeNext / 1000));
    }
  }

  #limiter(kind: RateLimitKind): Limiter {
    const known = this.#limiters.get(kind);
    if (known !== undefined) return known;
    const { per } = RATE_LIMITS[kind];
    const points = this.#points[kind] ?? RATE_LIMITS[kind].points;
    const counts = new RateLimiterMemory({ keyPrefix: kind, points, duration: per });
    const forget = (_: true, key: string, reason: string): void => {
      if (reason === 'evict') void counts.delete(key);
    };
    const made = { counts, keys: new LRUCache<string, true>({ ...growingTo(MOST_KEYS), dispose: forget }) };
    this.#limiters.set(kind, made);
    return made;
  }
}
