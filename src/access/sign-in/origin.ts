import type { FastifyRequest } from 'fastify';
import { addressAsked } from '../network.ts';
import type { Principal } from '../principal.ts';
import { deviceOf } from './device.ts';
import type { KnownDevices } from './known-devices.ts';
import type { SignInOrigin } from './sign-in-guard.ts';

/** Where a sign-in comes from, and by which name the forum was asked. */
export interface AskedAt extends SignInOrigin {
  readonly host: string | undefined;
}

export function signInOriginOf(request: FastifyRequest, devices: KnownDevices): AskedAt {
  return {
    address: addressAsked(request),
    device: deviceOf(request.headers['user-agent']),
    ...(devices.areIn(request) ? { knows: (memberId) => devices.knows(request, memberId) } : {}),
    ...formerOf(request),
    host: request.headers.host,
  };
}

/** A bearer's session is its program's own matter. */
export function formerOf({ session, principal }: FastifyRequest): { readonly former?: Principal } {
  return session === 'cookie' && principal !== null ? { former: principal } : {};
}
