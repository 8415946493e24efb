import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { isUuid, uuidOf } from '../../libs/kernel/index.ts';

const ID_BYTES = 16;
const MAC_BYTES = 16;
const LENGTH = Math.ceil(((ID_BYTES + MAC_BYTES) * 4) / 3);

/**
 * The tokens of the links by which a newsletter is the last one (RFC 8058): signed by a key for this purpose alone, kept
 * nowhere and never too old. Whoever has one can do no more than end the newsletter for that mailbox.
 */
export class SubscriberTokens {
  readonly #secret: () => string;

  constructor(secret: () => string) {
    this.#secret = secret;
  }

  write(subscriberId: string): string {
    const id = Buffer.from(subscriberId.replaceAll('-', ''), 'hex');
    return Buffer.concat([id, this.#mac(id)]).toString('base64url');
  }

  /** The id of the subscriber; null for a token that the forum did not sign. */
  read(token: string): string | null {
    const bytes = Buffer.from(token.length === LENGTH ? token : '', 'base64url');
    if (bytes.length !== ID_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) return null;
    const id = bytes.subarray(0, ID_BYTES);
    const subscriberId = uuidOf(id);
    return timingSafeEqual(bytes.subarray(ID_BYTES), this.#mac(id)) && isUuid(subscriberId) ? subscriberId : null;
  }

  #mac(id: Buffer): Buffer {
    const key = Buffer.from(hkdfSync('sha256', this.#secret(), '', 'colloquy newsletter leave', 32));
    return createHmac('sha256', key).update(id).digest().subarray(0, MAC_BYTES);
  }
}
