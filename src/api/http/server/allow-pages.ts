import type { FastifyInstance } from 'fastify';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { WHOEVER_ASKS } from './security-headers.ts';

/** The one address that pages of other sites ask from a browser, and only those of the allowed origins. */
const PAGES = /^\/api\/v1\/pages(?:\?|$)/u;
const KEPT_S = '600';

/**
 * Cross-origin requests of `PUT /pages` (the Fetch standard's CORS protocol): a page of an allowed origin may ask and read the answer,
 * without credentials; nobody else is told anything that lets a browser go on.
 */
export function allowPages(server: FastifyInstance, isAllowed: (origin: string) => boolean): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (!PAGES.test(request.url)) return done();
    reply.header('vary', `Origin, ${WHOEVER_ASKS}`);
    const { origin, 'access-control-request-method': wished } = request.headers;
    const isPreflight = request.method === 'OPTIONS' && wished !== undefined;
    if (origin === undefined || !isAllowed(origin)) return done(isPreflight ? refused() : undefined);
    reply.header('access-control-allow-origin', origin);
    if (!isPreflight) return done();
    reply.headers({
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': KEPT_S,
    });
    reply.code(204).send();
  });
}

function refused(): DomainError {
  return new DomainError('foreign_origin', 'Pages of this site are not discussed here.');
}
