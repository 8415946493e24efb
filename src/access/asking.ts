import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { DomainError, deriveId, isUuid } from '../../libs/kernel/index.ts';
import { isFromThisMachine } from './allowed-hosts.ts';
import { addressAsked } from './network.ts';
import type { Principal } from './principal.ts';
import './request.ts';
import { formerOf } from './sign-in/origin.ts';

/** The origin of a request: its address, and its command id. */
export interface Asking {
  readonly address: string;
  readonly commandId: string;
  readonly correlationId: string;
  /** The header as it was sent; see deviceOf. */
  readonly userAgent?: string | undefined;
  /** The session that a browser has had so far; see SignInOrigin. */
  readonly former?: Principal;
  /** Whether this machine asked itself, by a name that nobody else can take and without a proxy. */
  readonly here: boolean;
}

/**
 * The command id comes from the header `Idempotency-Key` (a UUID) and belongs to the sender alone, so nobody else can
 * use it up. Without the header it is new. Throws DomainError `invalid` for a malformed key.
 */
export function askingOf(request: FastifyRequest): Asking {
  const key = request.headers['idempotency-key'];
  return {
    address: addressAsked(request),
    correlationId: request.id,
    userAgent: request.headers['user-agent'],
    ...formerOf(request),
    here: isFromThisMachine(request.headers, request.socket.remoteAddress),
    commandId: key === undefined ? randomUUID() : ownId(request, key),
  };
}

function ownId(request: FastifyRequest, key: string | string[]): string {
  if (!isUuid(key)) {
    const message = 'must be a UUID in lower case';
    throw new DomainError('invalid', `Idempotency-Key ${message}.`, [{ field: 'Idempotency-Key', message }]);
  }
  const { guard } = request.routeOptions.config;
  return deriveId('idempotency-key', request.principal?.memberId ?? 'nobody', guard?.name ?? '', key);
}
