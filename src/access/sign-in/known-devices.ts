import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublicAddress } from '../public-address.ts';

/** The most logins by which a browser is known; the oldest is forgotten first. */
const MOST_LOGINS = 4;
/** Bytes. */
const PROOF_LENGTH = 16;
const COOKIE = 'colloquy_devices';
const YEAR_S = 365 * 86_400;

/** Proofs, kept by a browser, that somebody signed in there by a login before. They tell no name and sign nobody in. */
export class KnownDevices {
  readonly #secret: () => string;
  readonly #address: PublicAddress;

  constructor(secret: () => string, address: PublicAddress) {
    this.#secret = secret;
    this.#address = address;
  }

  /** `name` is a login as `Credentials.nameOf` gives it. */
  knows(request: Pick<FastifyRequest, 'cookies'>, name: string): boolean {
    const proof = Buffer.from(this.#proof(name));
    return proofsIn(request).some((kept) => kept.length === proof.length && timingSafeEqual(Buffer.from(kept), proof));
  }

  remember(request: Pick<FastifyRequest, 'cookies'>, reply: FastifyReply, name: string): void {
    const proof = this.#proof(name);
    const kept = [proof, ...proofsIn(request).filter((other) => other !== proof)].slice(0, MOST_LOGINS);
    const secure = this.#address.isSecure;
    reply.setCookie(COOKIE, kept.join('.'), { path: '/', maxAge: YEAR_S, sameSite: 'lax', httpOnly: true, secure });
  }

  #proof(name: string): string {
    const digest = createHmac('sha256', this.#secret()).update(`known device\0${name}`).digest();
    return digest.subarray(0, PROOF_LENGTH).toString('base64url');
  }
}

function proofsIn({ cookies }: Pick<FastifyRequest, 'cookies'>): readonly string[] {
  return (cookies[COOKIE] ?? '')
    .split('.')
    .filter((proof) => proof !== '')
    .slice(0, MOST_LOGINS);
}
