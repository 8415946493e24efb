import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isFromThisMachine } from '../../access/allowed-hosts.ts';
import { Findings } from '../../acts/auditing/findings.ts';
import '../../access/request.ts';
import { OPEN_FOR_READING, type OpenForReading } from '../../access/open-for-reading.ts';
import { CONFIG, type Config } from '../../config.ts';
import { Assets } from './assets.ts';
import { type Frame, mayAudit, mayModerate } from './frame.ts';
import { chooseLocale } from './i18n/locales.ts';
import { languageIn } from './message-files.ts';
import { noticesOf } from './notices.ts';
import { wholeMinute } from './whole-minute.ts';

export const LOCALE_COOKIE = 'colloquy_locale';

/** What every page knows of its reader, read from the request. */
@Injectable()
export class Frames {
  readonly #config: Config;
  readonly #assets: Assets;
  readonly #findings: Findings;
  readonly #reading: OpenForReading;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Assets) assets: Assets,
    @Inject(Findings) findings: Findings,
    @Inject(OPEN_FOR_READING) reading: OpenForReading,
  ) {
    this.#config = config;
    this.#assets = assets;
    this.#findings = findings;
    this.#reading = reading;
  }

  /** `here` is where a change of language returns to: the address itself, unless it is one that only takes forms. */
  of(request: FastifyRequest, here: string = request.url): Frame {
    const { principal } = request;
    const demo = this.isDemo(request);
    const locale = chooseLocale({
      // In the demo one visitor plays members of many languages, and wants to go on reading its own.
      member: demo ? undefined : principal?.locale,
      cookie: request.cookies[LOCALE_COOKIE],
      acceptLanguage: request.headers['accept-language'],
    });
    const { translator, timeWords } = languageIn(locale);
    return {
      translator,
      timeWords,
      here,
      member: principal && {
        id: principal.memberId,
        handle: principal.handle,
        displayName: principal.displayName,
        roles: principal.roles,
      },
      notices: noticesOf(request),
      findings: mayModerate(principal) || mayAudit(principal) ? this.#findings.all() : [],
      demo,
      readOnly: this.#reading.alone,
      publicLog: this.#config.publicModerationLog,
      // What pages tell of the time changes with the minute alone, so that parts of them can be kept.
      now: wholeMinute(Date.now()),
      asset: (name) => this.#assets.address(name),
      imports: (name) => this.#assets.imports(name),
    };
  }

  /** One-click sign-in exists only in the demo and only for this machine itself, whatever stands in front of it. */
  isDemo(request: FastifyRequest): boolean {
    return this.#config.demo && isFromThisMachine(request.headers, request.socket.remoteAddress);
  }
}
