import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublicAddress } from '../../access/public-address.ts';

/** The headers that every answer carries, from the first moment of its request. */
export class CommonHeaders {
  readonly #address: PublicAddress;
  /** Made at the first request: before, nobody knows the port. */
  #headers: Readonly<Record<string, string>> | undefined;

  constructor(address: PublicAddress) {
    this.#address = address;
  }

  put(request: FastifyRequest, reply: FastifyReply): void {
    this.#headers ??= securityHeaders(this.#address);
    reply.headers(this.#headers).header('x-request-id', request.id);
  }
}

/** No inline script or style anywhere: what a member writes has nothing to run in. */
function securityHeaders(address: PublicAddress): Readonly<Record<string, string>> {
  const live = address.origin.replace(/^http/, 'ws');
  const policy = [
    "default-src 'self'",
    "img-src 'self' https: data:",
    "style-src 'self'",
    "script-src 'self'",
    `connect-src 'self' ${live}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    ...(address.isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}
