import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublicAddress } from '../../../access/public-address.ts';
import { asksForPrograms } from '../../../access/request.ts';

/** The credentials that change an answer (RFC 9110, 12.5.5). */
export const WHOEVER_ASKS = 'Authorization, Cookie';

/** The ways to the page that hands a session over to the frame which opened it; see docs/EMBEDDING.md. */
const HANDS_OVER = /^\/(?:sign-in|register|embed\/sign-in)(?:[/?]|$)/;

type Headers = Readonly<Record<string, string>>;

/** The headers of every answer, from the first moment of its request. */
export class CommonHeaders {
  readonly #address: PublicAddress;
  #made: { readonly programs: Headers; readonly pages: Headers } | undefined;

  constructor(address: PublicAddress) {
    this.#address = address;
  }

  put(request: FastifyRequest, reply: FastifyReply, forPrograms = asksForPrograms(request)): void {
    const { programs, pages } = this.#all;
    reply.headers(forPrograms ? programs : pages).header('x-request-id', request.id);
    if (HANDS_OVER.test(request.url)) reply.header('cross-origin-opener-policy', 'unsafe-none');
  }

  /** The headers that all pages have, without the request's id. */
  get forPages(): Headers {
    return this.#all.pages;
  }

  /** Those of answers to what is no request, which belongs to nobody yet. */
  get forBroken(): Headers {
    return this.#all.programs;
  }

  /** The headers of the live channel: no other origin's page may even load an answer. */
  get forLive(): Headers {
    return { ...this.#all.programs, 'cross-origin-resource-policy': 'same-origin' };
  }

  /** Made at the first request, since the port is unknown before. */
  get #all(): { readonly programs: Headers; readonly pages: Headers } {
    this.#made ??= { programs: headersForPrograms(this.#address), pages: headersForPages(this.#address) };
    return this.#made;
  }
}

/**
 * JSON is never a document: a browser led to it loads, runs and frames nothing. Nobody keeps an answer unless its route
 * allows that, since it may soon show what is hidden, and other readers get another one.
 */
function headersForPrograms(address: PublicAddress): Headers {
  return {
    'cache-control': 'no-store',
    vary: WHOEVER_ASKS,
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...transportSecurity(address),
  };
}

/**
 * No inline script or style is allowed, so that members' text has nothing to run in. A page that may be kept says so
 * itself.
 */
function headersForPages(address: PublicAddress): Headers {
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
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    ...transportSecurity(address),
  };
}

function transportSecurity(address: PublicAddress): Headers {
  return address.isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {};
}
