import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { PublicAddress } from './public-address.ts';
import type { IssuedSession } from './sessions.ts';

const PLAIN = 'colloquy_session';
/** Under https no other host and no page without https can set it (RFC 6265bis, cookie name prefixes). */
const OF_HOST = `__Host-${PLAIN}`;

/** The session's token; under https also from the cookie of earlier versions, until the session runs out. */
export function sessionTokenIn(
  cookies: Readonly<Record<string, string | undefined>>,
  address: PublicAddress,
): string | undefined {
  const token = (address.isSecure ? cookies[OF_HOST] : undefined) ?? cookies[PLAIN];
  return token === '' ? undefined : token;
}

/** Hands the session to a browser, until the session runs out. */
export function setSessionCookie(reply: FastifyReply, session: IssuedSession, address: PublicAddress): void {
  if (address.isSecure && reply.request.cookies[PLAIN] !== undefined) reply.clearCookie(PLAIN, options(address));
  const name = address.isSecure ? OF_HOST : PLAIN;
  reply.setCookie(name, session.token, { ...options(address), expires: new Date(session.expiresAt) });
}

export function clearSessionCookie(reply: FastifyReply, address: PublicAddress): void {
  if (address.isSecure) reply.clearCookie(OF_HOST, options(address));
  if (!address.isSecure || reply.request.cookies[PLAIN] !== undefined) reply.clearCookie(PLAIN, options(address));
}

function options(address: PublicAddress): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: address.isSecure };
}
