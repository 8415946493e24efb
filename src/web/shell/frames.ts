import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isFromThisMachine } from '../../access/allowed-hosts.ts';
import { hostCookie } from '../../access/cookie-name.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { Findings } from '../../acts/auditing/findings.ts';
import '../../access/request.ts';
import { OPEN_FOR_READING, type OpenForReading } from '../../access/open-for-reading.ts';
import { CONFIG, type Config } from '../../config.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import { Assets } from './assets.ts';
import { type Frame, mayAudit, mayModerate } from './frame.ts';
import { localeOfFrame } from './frame-address.ts';
import { languagesReadAt } from './frame-languages.ts';
import { chooseLocale } from './i18n/locales.ts';
import { languageIn } from './message-files.ts';
import { noticesOf } from './notices.ts';
import { translationsShownIn } from './read-languages.ts';
import { wholeMinute } from './whole-minute.ts';

const LOCALE_COOKIE = 'colloquy_locale';

export function localeCookie(address: Pick<PublicAddress, 'isSecure'>): string {
  return hostCookie(LOCALE_COOKIE, address);
}

/** The language that a reader chose in this browser. One under the older name counts too: whoever plants it changes words alone. */
export function chosenLocaleIn(cookies: Readonly<Record<string, string | undefined>>): string | undefined {
  return cookies[hostCookie(LOCALE_COOKIE, { isSecure: true })] ?? cookies[LOCALE_COOKIE];
}

/** The facts about a reader that every page needs, read from the request. */
@Injectable()
export class Frames {
  readonly #config: Config;
  readonly #assets: Assets;
  readonly #findings: Findings;
  readonly #reading: OpenForReading;
  readonly #site: SiteInMemory;
  readonly #address: PublicAddress;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Assets) assets: Assets,
    @Inject(Findings) findings: Findings,
    @Inject(OPEN_FOR_READING) reading: OpenForReading,
    @Inject(SITE) site: SiteInMemory,
    @Inject(PublicAddress) address: PublicAddress,
  ) {
    this.#config = config;
    this.#assets = assets;
    this.#findings = findings;
    this.#reading = reading;
    this.#site = site;
    this.#address = address;
  }

  /**
   * `here` is the address to which a change of language returns: the request's own, unless that one only takes forms.
   */
  of(request: FastifyRequest, here: string = request.url): Frame {
    const { principal } = request;
    const demo = this.isDemo(request);
    const site = this.#site.now();
    const wish = {
      // In the demo one reader plays members of many languages, and goes on reading its own.
      // A frame speaks the language of the page around it, as one of the demo that of its reader.
      member: localeOfFrame(here) ?? (demo ? undefined : principal?.locale),
      cookie: chosenLocaleIn(request.cookies),
      acceptLanguage: request.headers['accept-language'],
    };
    const { translator, timeWords } = languageIn(chooseLocale(wish, site));
    return {
      translator: { ...translator, timeZone: site.timeZone },
      site,
      timeWords,
      origin: this.#address.origin,
      here,
      member: principal && {
        id: principal.memberId,
        handle: principal.handle,
        displayName: principal.displayName,
        roles: principal.roles,
        membership: principal.membership,
      },
      reads: principal === null ? languagesReadAt(here, request.cookies) : (principal.reads ?? null),
      translationsShown:
        principal === null ? translationsShownIn(request.cookies) : (principal.translationsShown ?? 'asked'),
      notices: noticesOf(request),
      findings: mayModerate(principal) || mayAudit(principal) ? this.#findings.all() : [],
      demo,
      readOnly: this.#reading.alone,
      publicLog: site.publicModerationLog,
      // Times on pages change only with the minute, so that parts of pages can be kept.
      now: wholeMinute(Date.now()),
      asset: (name) => this.#assets.address(name),
      imports: (name) => this.#assets.imports(name),
    };
  }

  /** One-click sign-in exists only in the demo and only for this machine, whatever proxy stands in front of it. */
  isDemo(request: FastifyRequest): boolean {
    return this.#config.demo && isFromThisMachine(request.headers, request.socket.remoteAddress);
  }
}
