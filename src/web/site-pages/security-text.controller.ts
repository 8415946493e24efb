import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../../../libs/kernel/index.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { CONFIG, type Config } from '../../config.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';

const PATH = '.well-known/security.txt';
const DAY_MS = 86_400_000;
/** Days after which what was read must be read again; RFC 9116 asks for less than a year. */
const GOOD_FOR_DAYS = 90;

/** Where weaknesses of this forum are reported, for those who find one (RFC 9116). */
@Controller()
export class SecurityTextController {
  readonly #contact: string | null;
  readonly #address: PublicAddress;
  readonly #site: SiteInMemory;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(SITE) site: SiteInMemory,
  ) {
    this.#contact = config.securityContact;
    this.#address = address;
    this.#site = site;
  }

  /** Throws DomainError not_found where nobody has said whom to ask. */
  @Get(PATH)
  text(@Res() reply: FastifyReply): void {
    if (this.#contact === null) throw new DomainError('not_found', 'This forum names nobody to report to.');
    const lines = [
      `Contact: ${this.#contact}`,
      `Expires: ${expiry(Date.now())}`,
      `Preferred-Languages: ${this.#site.now().locales.join(', ')}`,
      `Canonical: ${this.#address.origin}/${PATH}`,
    ];
    reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(`${lines.join('\n')}\n`);
  }
}

/** The same all day long, RFC 3339. */
function expiry(now: number): string {
  const day = Math.floor(now / DAY_MS) + GOOD_FOR_DAYS;
  return new Date(day * DAY_MS).toISOString().replace('.000', '');
}
