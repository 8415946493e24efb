import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hostCookie } from '../cookie-name.ts';
import type { PublicAddress } from '../public-address.ts';

/** The most members as whom a browser is known; the oldest is forgotten first. */
const MOST_MEMBERS = 4;
/** Bytes. */
const PROOF_LENGTH = 16;
const COOKIE = 'colloquy_devices';
const YEAR_S = 365 * 86_400;

/**
 * Proofs, kept by a browser, that a member signed in there before, by whatever login: others may have given the same address.
 * They tell no name and sign nobody in.
 */
export class KnownDevices {
  readonly #secret: () => string;
  readonly #address: PublicAddress;

  constructor(secret: () => string, address: PublicAddress) {
    this.#secret = secret;
    this.#address = address;
  }

  /** Whether anybody signed in there before. */
  areIn(request: Pick<FastifyRequest, 'cookies'>): boolean {
    return this.#proofsIn(request).length > 0;
  }

  knows(request: Pick<FastifyRequest, 'cookies'>, memberId: string): boolean {
    const proof = Buffer.from(this.#proof(memberId));
    return this.#proofsIn(request).some(
      (kept) => kept.length === proof.length && timingSafeEqual(Buffer.from(kept), proof),
    );
  }

  remember(request: Pick<FastifyRequest, 'cookies'>, reply: FastifyReply, memberId: string): void {
    const proof = this.#proof(memberId);
    const kept = [proof, ...this.#proofsIn(request).filter((other) => other !== proof)].slice(0, MOST_MEMBERS);
    const secure = this.#address.isSecure;
    const options = { path: '/', maxAge: YEAR_S, sameSite: 'lax', httpOnly: true, secure } as const;
    reply.setCookie(hostCookie(COOKIE, this.#address), kept.join('.'), options);
  }

  #proofsIn({ cookies }: Pick<FastifyRequest, 'cookies'>): readonly string[] {
    return (cookies[hostCookie(COOKIE, this.#address)] ?? '')
      .split('.')
      .filter((proof) => proof !== '')
      .slice(0, MOST_MEMBERS);
  }

  #proof(memberId: string): string {
    const digest = createHmac('sha256', this.#secret()).update(`known device\0member\0${memberId}`).digest();
    return digest.subarray(0, PROOF_LENGTH).toString('base64url');
  }
}
