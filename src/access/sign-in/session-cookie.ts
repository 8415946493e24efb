import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import { hostCookie } from '../cookie-name.ts';
import type { PublicAddress } from '../public-address.ts';
import type { IssuedSession } from './sessions.ts';

const PLAIN = 'colloquy_session';
const OF_HOST = hostCookie(PLAIN, { isSecure: true });

/**
 * The session of a frame on another site's page. Browsers keep it for that site alone (CHIPS), so it is there although
 * they keep no other cookie of the forum there; it exists under https only.
 */
const OF_FRAME = `${OF_HOST}_frame`;

export function sessionCookieName(address: PublicAddress): string {
  return hostCookie(PLAIN, address);
}

/** False when a request with this Cookie header has no session for sure; costs less than to read its cookies. */
export function mayCarrySession(cookie: string | undefined): boolean {
  return cookie?.includes(PLAIN) === true;
}

/** The session's token. Under https the plain name is not read, since a neighbouring host could have set it. */
export function sessionTokenIn(
  cookies: Readonly<Record<string, string | undefined>>,
  address: PublicAddress,
): string | undefined {
  const token = cookies[sessionCookieName(address)] || (address.isSecure ? cookies[OF_FRAME] : undefined);
  return token === '' ? undefined : token;
}

/** Whether the session of a request is that of a frame on another site's page. */
export function isOfFrame(cookies: Readonly<Record<string, string | undefined>>, address: PublicAddress): boolean {
  return address.isSecure && !cookies[sessionCookieName(address)] && Boolean(cookies[OF_FRAME]);
}

/** Gives the session to a browser in a frame on another site's page; a forum without https has none of its own there. */
export function setFrameCookie(reply: FastifyReply, session: IssuedSession, address: PublicAddress): void {
  if (!address.isSecure) return setSessionCookie(reply, session, address);
  reply.setCookie(OF_FRAME, session.token, { ...FRAMED, expires: new Date(session.expiresAt) });
}

/** Gives the session that a request came with in its newer form, in the same cookie. */
export function renewSessionCookie(reply: FastifyReply, session: IssuedSession, address: PublicAddress): void {
  const isOwn = Boolean(reply.request.cookies[sessionCookieName(address)]);
  if (isOwn) setSessionCookie(reply, session, address);
  else setFrameCookie(reply, session, address);
}

/** Gives the session to a browser, until the session ends. */
export function setSessionCookie(reply: FastifyReply, session: IssuedSession, address: PublicAddress): void {
  if (address.isSecure && reply.request.cookies[PLAIN] !== undefined) reply.clearCookie(PLAIN, options(address));
  reply.setCookie(sessionCookieName(address), session.token, {
    ...options(address),
    expires: new Date(session.expiresAt),
  });
}

export function clearSessionCookie(reply: FastifyReply, address: PublicAddress): void {
  if (address.isSecure) reply.clearCookie(OF_HOST, options(address));
  if (reply.request.cookies[OF_FRAME] !== undefined) reply.clearCookie(OF_FRAME, FRAMED);
  if (!address.isSecure || reply.request.cookies[PLAIN] !== undefined) reply.clearCookie(PLAIN, options(address));
}

const FRAMED: CookieSerializeOptions = {
  path: '/',
  httpOnly: true,
  sameSite: 'none',
  secure: true,
  partitioned: true,
};

function options(address: PublicAddress): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: address.isSecure };
}
