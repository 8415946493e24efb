import { createHmac, timingSafeEqual } from 'node:crypto';

/** Bytes of the signature. */
const MAC_BYTES = 16;
const STAMP = /^(?<seconds>[0-9a-z]{1,10})\.(?<mac>[\w-]{22})$/;

/**
 * The signed times at which forms were shown. The same second has the same stamp on every node, so that a page that is
 * kept for many readers carries one, and nothing is kept of it.
 */
export class FormStamps {
  readonly #secret: () => string;

  constructor(secret: () => string) {
    this.#secret = secret;
  }

  /** `shownAt` in milliseconds since 1970. */
  write(shownAt: number): string {
    const seconds = Math.floor(shownAt / 1_000).toString(36);
    return `${seconds}.${this.#mac(seconds).toString('base64url')}`;
  }

  /** Whole seconds since the form was shown; null for what the forum did not sign, and for a time to come. */
  age(stamp: string, now: number): number | null {
    const { seconds = '', mac = '' } = STAMP.exec(stamp)?.groups ?? {};
    const given = Buffer.from(mac, 'base64url');
    if (given.length !== MAC_BYTES || !timingSafeEqual(given, this.#mac(seconds))) return null;
    const age = Math.floor(now / 1_000) - Number.parseInt(seconds, 36);
    return age < 0 ? null : age;
  }

  #mac(seconds: string): Buffer {
    return createHmac('sha256', this.#secret()).update(`form\0${seconds}`).digest().subarray(0, MAC_BYTES);
  }
}
