import type { FastifyRequest } from 'fastify';
import { doneIn, pathDone } from './done.tsx';
import type { SentFields } from './unread-form.ts';

/**
 * Where the form of a new password leads that was sent in a session which has ended: mostly the second press of its button,
 * whose first one has changed the password and given the browser another session.
 */
export const PASSWORD_SENT = pathDone('/settings', 'passwordSent');

export function isOfPassword({ url }: FastifyRequest, fields: SentFields | undefined): boolean {
  return url === '/settings' && fields?.['act'] === 'password';
}

/** The sign-in of whoever may not read this address; it tells of that form too, where the other session never came. */
export function pathToSignIn({ url, query }: FastifyRequest): string {
  if (doneIn(query) !== 'passwordSent') return `/sign-in?next=${encodeURIComponent(url)}`;
  const [path = '/'] = url.split('?');
  return `${pathDone('/sign-in', 'passwordSent')}&next=${encodeURIComponent(path)}`;
}
