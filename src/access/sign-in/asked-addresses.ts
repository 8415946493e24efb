import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../../../libs/kernel/index.ts';
import type { PublicAddress } from '../public-address.ts';
import { SealedCookie } from './sealed-cookie.ts';

/** Long enough to see that no mail comes. */
const SECONDS = 15 * 60;

/** The address that a browser asked a mail for, so that asking again begins with it, and no address of a page tells it. */
export class AskedAddresses {
  readonly #cookie: SealedCookie;

  constructor(secret: () => string, address: PublicAddress) {
    this.#cookie = new SealedCookie('colloquy_asked', { secret, address, seconds: SECONDS });
  }

  keep(reply: FastifyReply, email: string): void {
    this.#cookie.set(reply, { email });
  }

  /** Empty where none was kept. */
  in(request: Pick<FastifyRequest, 'cookies'>): string {
    const kept = this.#cookie.read(request);
    return isRecord(kept) && typeof kept['email'] === 'string' ? kept['email'] : '';
  }
}
