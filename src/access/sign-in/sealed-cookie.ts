import type { FastifyReply, FastifyRequest } from 'fastify';
import { hostCookie } from '../cookie-name.ts';
import type { PublicAddress } from '../public-address.ts';
import { Seal } from './seal.ts';

/** Browsers keep cookies of 4,096 bytes with their name and attributes. */
const LONGEST = 3_800;

/**
 * What a browser keeps for the forum between two steps, sealed, so that nobody reads or changes it, and every node opens
 * it. It ends after its time, whatever the browser does.
 */
export class SealedCookie {
  readonly #name: string;
  readonly #seal: Seal;
  readonly #address: PublicAddress;
  readonly #seconds: number;

  constructor(name: string, source: { secret: () => string; address: PublicAddress; seconds: number }) {
    this.#name = name;
    this.#seal = new Seal('cookie', name, source.secret);
    this.#address = source.address;
    this.#seconds = source.seconds;
  }

  /** False when the browser would not keep it, since it is too long. */
  set(reply: FastifyReply, value: object): boolean {
    const sealed = this.#seal.close(value, Date.now() + this.#seconds * 1000);
    if (sealed.length > LONGEST) return false;
    reply.setCookie(this.#fullName, sealed, { ...this.#options, maxAge: this.#seconds });
    return true;
  }

  /** Undefined when there is none, or it was changed, or its time is over. */
  read(request: Pick<FastifyRequest, 'cookies'>): unknown {
    return this.#seal.open(request.cookies[this.#fullName] ?? '');
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
}
