import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../../../libs/kernel/index.ts';
import type { PublicAddress } from '../public-address.ts';
import { SealedCookie } from './sealed-cookie.ts';

/** As long as a link to sign in holds. */
const SECONDS = 15 * 60;

/**
 * What a browser keeps of the page on which a link to sign in is pressed. A press that is sent again counts as the same
 * one only from that browser, so that the form's id alone gives nobody a session.
 */
export class LinkPresses {
  readonly #cookie: SealedCookie;

  constructor(secret: () => string, address: PublicAddress) {
    this.#cookie = new SealedCookie('colloquy_press', { secret, address, seconds: SECONDS });
  }

  /** `id` is that of the form. */
  keep(reply: FastifyReply, id: string): void {
    this.#cookie.set(reply, { id, at: Date.now() });
  }

  /** When this browser was shown the form with the id; null for any other browser. */
  shownAt(request: Pick<FastifyRequest, 'cookies'>, id: string): Date | null {
    const kept = this.#cookie.read(request);
    return isRecord(kept) && kept['id'] === id && typeof kept['at'] === 'number' ? new Date(kept['at']) : null;
  }
}
