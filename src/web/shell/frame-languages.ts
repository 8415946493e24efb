import type { FastifyReply } from 'fastify';
import { readLanguages, type TextLanguage } from '../../../libs/words/index.ts';
import type { PublicAddress } from '../../access/public-address.ts';
import { FRAME, frameAddressOf } from './frame-address.ts';
import { languagesReadIn } from './read-languages.ts';

type Cookies = Readonly<Record<string, string | undefined>>;

/** The choice of a reader in frames on one site's pages: browsers keep it for that site alone (CHIPS), and under https only. */
const OF_FRAME = '__Host-colloquy_reads_frame';
const PLAIN = 'colloquy_reads_frame';
/** What stands for no choice among them. */
export const ALL_LANGUAGES = 'all';
const YEAR_S = 365 * 86_400;

function keptForFrames(cookies: Cookies): string | undefined {
  return cookies[OF_FRAME] ?? cookies[PLAIN];
}

/** The languages that a reader without an account said to read, in this browser and on the pages around the frame of this path; null for all. */
export function languagesKeptAt(path: string, cookies: Cookies): readonly TextLanguage[] | null {
  const kept = path.startsWith(FRAME) ? keptForFrames(cookies) : undefined;
  return kept === undefined ? languagesReadIn(cookies) : readLanguages(kept.slice(0, 200).split('.'));
}

/** The same where the frame's address says it, as it does in a browser that keeps nothing for frames. */
export function languagesReadAt(path: string, cookies: Cookies): readonly TextLanguage[] | null {
  const stated = path.startsWith(`${FRAME}?`) ? frameAddressOf(path).reads : null;
  return stated ?? languagesKeptAt(path, cookies);
}

/** Null is a choice too: the forum's own pages in the same browser may have another one. */
export function keepForFrames(
  reply: FastifyReply,
  languages: readonly TextLanguage[] | null,
  { isSecure }: Pick<PublicAddress, 'isSecure'>,
): void {
  const value = languages?.join('.') ?? ALL_LANGUAGES;
  const common = { path: '/', httpOnly: true, maxAge: YEAR_S } as const;
  if (isSecure) reply.setCookie(OF_FRAME, value, { ...common, secure: true, sameSite: 'none', partitioned: true });
  else reply.setCookie(PLAIN, value, { ...common, sameSite: 'lax' });
}
