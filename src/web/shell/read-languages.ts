import type { FastifyReply } from 'fastify';
import { readLanguages, type TextLanguage } from '../../../libs/words/index.ts';
import { hostCookie } from '../../access/cookie-name.ts';
import type { PublicAddress } from '../../access/public-address.ts';

const READS_COOKIE = 'colloquy_reads';
const YEAR_S = 365 * 86_400;

type Cookies = Readonly<Record<string, string | undefined>>;

/** The languages that a reader without an account said to read, in this browser; null for all. */
export function languagesReadIn(cookies: Cookies): readonly TextLanguage[] | null {
  const named = cookies[hostCookie(READS_COOKIE, { isSecure: true })] ?? cookies[READS_COOKIE];
  return named === undefined ? null : readLanguages(named.slice(0, 200).split('.'));
}

/** Null takes the choice back. */
export function keepLanguagesRead(
  reply: FastifyReply,
  languages: readonly TextLanguage[] | null,
  address: Pick<PublicAddress, 'isSecure'>,
): void {
  const options = { path: '/', sameSite: 'lax', httpOnly: true, secure: address.isSecure } as const;
  const name = hostCookie(READS_COOKIE, address);
  if (languages === null) reply.clearCookie(name, options);
  else reply.setCookie(name, languages.join('.'), { ...options, maxAge: YEAR_S });
}
