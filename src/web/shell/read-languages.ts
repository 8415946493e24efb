import type { FastifyReply } from 'fastify';
import {
  readLanguages,
  type TextLanguage,
  TRANSLATION_PLACES,
  type TranslationPlace,
} from '../../../libs/words/index.ts';
import { hostCookie } from '../../access/cookie-name.ts';
import type { PublicAddress } from '../../access/public-address.ts';
import { oneOf } from './one-of.ts';

const READS_COOKIE = 'colloquy_reads';
const PLACE_COOKIE = 'colloquy_translations';
const YEAR_S = 365 * 86_400;

type Cookies = Readonly<Record<string, string | undefined>>;

/** The languages that a reader without an account said to read, in this browser; null for all. */
export function languagesReadIn(cookies: Cookies): readonly TextLanguage[] | null {
  const named = cookies[hostCookie(READS_COOKIE, { isSecure: true })] ?? cookies[READS_COOKIE];
  return named === undefined ? null : readLanguages(named.slice(0, 200).split('.'));
}

/** Where such a reader wants translations of what it does not read. */
export function translationsShownIn(cookies: Cookies): TranslationPlace {
  const named = cookies[hostCookie(PLACE_COOKIE, { isSecure: true })] ?? cookies[PLACE_COOKIE] ?? '';
  return oneOf(TRANSLATION_PLACES, named) ?? 'asked';
}

/** What a reader without an account chose, in this browser. Null, and `asked`, take a choice back. */
export function keepReading(
  reply: FastifyReply,
  {
    reads,
    translationsShown,
  }: { readonly reads: readonly TextLanguage[] | null; readonly translationsShown: TranslationPlace },
  address: Pick<PublicAddress, 'isSecure'>,
): void {
  const options = { path: '/', sameSite: 'lax', httpOnly: true, secure: address.isSecure } as const;
  const keep = (cookie: string, chosen: string | null): void => {
    const name = hostCookie(cookie, address);
    if (chosen === null) reply.clearCookie(name, options);
    else reply.setCookie(name, chosen, { ...options, maxAge: YEAR_S });
  };
  keep(READS_COOKIE, reads && reads.join('.'));
  keep(PLACE_COOKIE, translationsShown === 'asked' ? null : translationsShown);
}
