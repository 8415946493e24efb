import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../../../libs/kernel/index.ts';
import { hostCookie } from '../cookie-name.ts';
import type { PublicAddress } from '../public-address.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Browsers keep cookies of 4,096 bytes with their name and attributes. */
const LONGEST = 3_800;

/**
 * What a browser keeps for the forum between two steps, sealed, so that nobody reads or changes it, and every node opens
 * it. It ends after its time, whatever the browser does.
 */
export class SealedCookie {
  readonly #name: string;
  readonly #secret: () => string;
  readonly #address: PublicAddress;
  readonly #seconds: number;

  constructor(name: string, source: { secret: () => string; address: PublicAddress; seconds: number }) {
    this.#name = name;
    this.#secret = source.secret;
    this.#address = source.address;
    this.#seconds = source.seconds;
  }

  /** False when the browser would not keep it, since it is too long. */
  set(reply: FastifyReply, value: object): boolean {
    const until = Date.now() + this.#seconds * 1000;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(), iv).setAAD(Buffer.from(this.#name));
    const text = Buffer.from(JSON.stringify({ until, value }));
    const sealed = Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    if (sealed.length > LONGEST) return false;
    reply.setCookie(this.#fullName, sealed, { ...this.#options, maxAge: this.#seconds });
    return true;
  }

  /** Undefined when there is none, or it was changed, or its time is over. */
  read(request: Pick<FastifyRequest, 'cookies'>): unknown {
    const sealed = Buffer.from(request.cookies[this.#fullName] ?? '', 'base64url');
    if (sealed.length <= IV_BYTES + TAG_BYTES || sealed.length > LONGEST) return undefined;
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key(), sealed.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(this.#name))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      const text = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      const kept: unknown = JSON.parse(text.toString('utf8'));
      if (!isRecord(kept) || typeof kept['until'] !== 'number' || kept['until'] < Date.now()) return undefined;
      return kept['value'];
    } catch {
      return undefined;
    }
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.#fullName, this.#options);
  }

  get #fullName(): string {
    return hostCookie(this.#name, this.#address);
  }

  get #options() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#address.isSecure } as const;
  }

  #key(): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret(), '', `colloquy cookie ${this.#name}`, 32));
  }
}
