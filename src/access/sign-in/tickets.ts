import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const NONCE_BYTES = 16;
/** Of the time at which a ticket ends, in milliseconds since 1970. */
const TIME_BYTES = 6;
const MAC_BYTES = 32;
const HEAD_BYTES = NONCE_BYTES + TIME_BYTES;
const MOST_CHARACTERS = 1_024;

/**
 * Short notes that the forum gives away and reads when they come back, on whatever node: signed and kept nowhere, so that
 * nobody can fill a memory with them. A ticket says nothing about how often it comes back; whoever needs it once
 * records its use.
 */
export class Tickets {
  readonly #secret: () => string;

  /** `secret` is called at each use; it throws while the secret is not known. */
  constructor(secret: () => string) {
    this.#secret = secret;
  }

  /** In base64url. No two are the same; a ticket of one purpose is none of another. */
  write(purpose: string, content: Uint8Array, { until }: { readonly until: number }): string {
    const end = Buffer.alloc(TIME_BYTES);
    end.writeUIntBE(until, 0, TIME_BYTES);
    const body = Buffer.concat([randomBytes(NONCE_BYTES), end, content]);
    return Buffer.concat([body, this.#mac(purpose, body)]).toString('base64url');
  }

  /** The content; null for one that is forged, of another purpose, or too old. */
  read(purpose: string, ticket: string, now: number): Buffer | null {
    const bytes = Buffer.from(ticket.length <= MOST_CHARACTERS ? ticket : '', 'base64url');
    if (bytes.length < HEAD_BYTES + MAC_BYTES || bytes.toString('base64url') !== ticket) return null;
    const [body, mac] = [bytes.subarray(0, -MAC_BYTES), bytes.subarray(-MAC_BYTES)];
    if (!timingSafeEqual(mac, this.#mac(purpose, body))) return null;
    return body.readUIntBE(NONCE_BYTES, TIME_BYTES) > now ? body.subarray(HEAD_BYTES) : null;
  }

  #mac(purpose: string, body: Uint8Array): Buffer {
    return createHmac('sha256', this.#secret()).update(`ticket\0${purpose}\0`).update(body).digest();
  }
}
