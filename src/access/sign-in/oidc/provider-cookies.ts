import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../../../../libs/kernel/index.ts';
import type { PublicAddress } from '../../public-address.ts';
import { SealedCookie } from '../sealed-cookie.ts';
import type { Errand } from './code-flow.ts';

/** Seconds that somebody may take at the provider, and with the form afterwards. */
const AT_PROVIDER_S = 600;
const AT_FORM_S = 900;

/** A sign-in under way, with where it leads. */
export interface KeptErrand extends Errand {
  readonly next: string;
  readonly invitation: string;
  /** The member who links the provider; '' for a sign-in. */
  readonly linksTo: string;
}

/** Somebody whom a provider has vouched for, until it has decided here. */
export interface KeptPerson {
  readonly provider: string;
  readonly subject: string;
  readonly names: readonly string[];
  /** '' for none, as the address. */
  readonly displayName: string;
  readonly email: string;
  readonly next: string;
  readonly invitation: string;
  readonly linksTo: string;
  /** Its coming, which opens one session; '' in what older versions kept. */
  readonly arrivalId: string;
}

/** What a browser keeps on the way to a provider and back; sealed, so that it serves on every node and nobody changes it. */
export class ProviderCookies {
  readonly #errand: SealedCookie;
  readonly #person: SealedCookie;

  constructor(secret: () => string, address: PublicAddress) {
    this.#errand = new SealedCookie('colloquy_errand', { secret, address, seconds: AT_PROVIDER_S });
    this.#person = new SealedCookie('colloquy_arrival', { secret, address, seconds: AT_FORM_S });
  }

  keepErrand(reply: FastifyReply, errand: KeptErrand): boolean {
    return this.#errand.set(reply, errand);
  }

  forgetErrand(reply: FastifyReply): void {
    this.#errand.clear(reply);
  }

  errand(request: FastifyRequest): KeptErrand | undefined {
    const texts = textsIn(this.#errand.read(request));
    if (texts === undefined) return undefined;
    const { provider = '', state = '', nonce = '', verifier = '', next = '/', invitation = '', linksTo = '' } = texts;
    return { provider, state, nonce, verifier, next, invitation, linksTo };
  }

  keepPerson(reply: FastifyReply, person: KeptPerson): boolean {
    return this.#person.set(reply, person);
  }

  person(request: FastifyRequest): KeptPerson | undefined {
    const kept = this.#person.read(request);
    const texts = textsIn(kept);
    if (texts === undefined || !isRecord(kept)) return undefined;
    const list: readonly unknown[] = Array.isArray(kept['names']) ? kept['names'] : [];
    const names = list.filter((name) => typeof name === 'string');
    const { provider = '', subject = '', displayName = '', email = '' } = texts;
    const { next = '/', invitation = '', linksTo = '', arrivalId = '' } = texts;
    return { provider, subject, names, displayName, email, next, invitation, linksTo, arrivalId };
  }

  forgetPerson(reply: FastifyReply): void {
    this.#person.clear(reply);
  }
}

/** The texts of what was kept; all of it was written here, by this version or another. */
function textsIn(kept: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(kept)) return undefined;
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
}
