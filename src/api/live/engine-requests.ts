import type { IncomingMessage } from 'node:http';
import { DomainError } from '../../../libs/kernel/index.ts';
import type { PublicAddress } from '../../access/public-address.ts';
import { sessionTokenIn } from '../../access/sign-in/session-cookie.ts';

/**
 * The connection that an address names, as Engine.IO reads it: the last of a repeated name counts, and an empty one
 * counts as none.
 */
export function connectionIn({ url = '' }: Pick<IncomingMessage, 'url'>): string | null {
  return parametersIn(url).getAll('sid').at(-1) || null;
}

/**
 * Checks every request below Socket.IO, whichever connection it belongs to. The handshake alone is not enough, since a
 * page of another origin can send to a connection that it knows.
 * Throws DomainError: malformed for JSONP (Engine.IO would answer with a script, which any page may run and so read),
 * foreign_origin. A new WebSocket is checked when it says who it is, as it may bring a token of its own.
 */
export function requireOwnRequest(
  { url = '', method, headers }: IncomingMessage,
  address: PublicAddress,
  { opensSocket = false } = {},
): void {
  if (parametersIn(url).has('j')) throw new DomainError('malformed', 'Live answers are never scripts (JSONP).');
  if (opensSocket || sessionTokenIn(cookiesIn(headers.cookie), address) === undefined) return;
  if (address.isForeign(headers, method)) throw foreignConnection();
}

function foreignConnection(): DomainError {
  return new DomainError('foreign_origin', 'A page of another site may not connect with your session.');
}

/** The first cookie of a name counts, since browsers send the most specific one first. */
export function cookiesIn(header: string | undefined): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.split('=', 2).map((text) => text.trim());
    if (name && value && !Object.hasOwn(found, name)) found[name] = value;
  }
  return found;
}

function parametersIn(url: string): URLSearchParams {
  return new URL(url, 'http://forum.invalid').searchParams;
}
