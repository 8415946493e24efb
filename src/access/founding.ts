import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../libs/kernel/index.ts';
import type { RateLimits } from './rate-limits.ts';

/** Without letters and digits that look alike (Crockford's base 32). */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 12;

interface FoundingParts {
  /** A secret of this forum alone, the same on all of its nodes and after a new start. */
  readonly secret: () => string;
  readonly limits: Pick<RateLimits, 'take'>;
  /** True while the forum has no member. */
  readonly nobody: () => boolean;
  /** True when requests of this machine need no code; see isForThisMachine. */
  readonly trustsHere: boolean;
}

/**
 * The code with which whoever runs the server becomes its first admin. It is made of the forum's secrets, so that it is
 * kept nowhere, and is worth nothing once there is a member.
 */
export class Founding {
  readonly #parts: FoundingParts;

  constructor(parts: FoundingParts) {
    this.#parts = parts;
  }

  get isNeeded(): boolean {
    return this.#parts.nobody();
  }

  get trustsHere(): boolean {
    return this.#parts.trustsHere;
  }

  /** The code as people read it: three groups of four letters and digits, 60 bits. */
  get code(): string {
    const digest = createHmac('sha256', this.#parts.secret()).update('the first admin').digest();
    const letters = [...digest.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    return letters.replace(/(.{4})(?=.)/g, '$1-');
  }

  /**
   * Wrong codes are limited for each network, and a right one never: 60 bits cannot be guessed at any rate, and others'
   * guesses keep nobody out. Throws DomainError `invalid` and rate_limited.
   */
  async check(typed: string, network: string): Promise<void> {
    const [given, right] = [typed, this.code].map((text) => createHmac('sha256', 'code').update(bare(text)).digest());
    if (given !== undefined && right !== undefined && timingSafeEqual(given, right)) return;
    await this.#parts.limits.take('founder', network);
    const message = 'is not the code that the server printed';
    throw new DomainError('invalid', `founderCode ${message}.`, [{ field: 'founderCode', message }]);
  }
}

/** What people type for what they read: in capitals, without the hyphens, with an o for the zero. */
function bare(text: string): string {
  return text
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
}
