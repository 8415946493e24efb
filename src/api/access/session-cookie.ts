import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { PublicAddress } from './public-address.ts';
import type { IssuedSession } from './sessions.ts';

export const SESSION_COOKIE = 'colloquy_session';

function options(address: PublicAddress): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: address.isSecure };
}

/** Hands the session to a browser, until the session runs out. */
export function setSessionCookie(reply: FastifyReply, session: IssuedSession, address: PublicAddress): void {
  reply.setCookie(SESSION_COOKIE, session.token, { ...options(address), expires: new Date(session.expiresAt) });
}

export function clearSessionCookie(reply: FastifyReply, address: PublicAddress): void {
  reply.clearCookie(SESSION_COOKIE, options(address));
}
