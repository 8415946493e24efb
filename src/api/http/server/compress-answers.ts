import type { FastifyInstance, FastifyReply } from 'fastify';
import { compress } from '../../../../libs/compression/index.ts';

/** Types whose bytes are text; pictures and tiles of hashes gain nothing. */
const TEXT = /^(?:text\/(?!event-stream)|application\/(?:[\w.]+\+)?(?:json|xml)\b)/;
/** Of many lines that come one by one, each is sent when it is there. */
const LINES = /ndjson/;

/**
 * Compresses what is sent in one piece, off the main thread, as its reader's `Accept-Encoding` wants it. What comes in pieces is
 * sent as it comes, and what its route has coded, or has tagged for one form, stays as it is.
 */
export function compressAnswers(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    if (!Buffer.isBuffer(bytes) || !isOpen(reply)) return done(null, payload);
    vary(reply);
    const coded = compress(bytes, request.headers['accept-encoding']);
    if (!(coded instanceof Promise)) return done(null, payload);
    coded.then(
      (known) => {
        if (known.coding !== null) reply.header('content-encoding', known.coding).removeHeader('content-length');
        done(null, known.bytes);
      },
      (error: unknown) => {
        // It is whole as it is.
        request.log.warn({ err: error }, 'An answer could not be compressed');
        done(null, payload);
      },
    );
  });
}

function isOpen(reply: FastifyReply): boolean {
  const type = String(reply.getHeader('content-type') ?? '');
  if (!TEXT.test(type) || LINES.test(type) || reply.statusCode === 304) return false;
  return !reply.hasHeader('content-encoding') && !reply.hasHeader('etag');
}

/** Also short answers and those that are sent as they are: another one of the same address may be coded. */
function vary(reply: FastifyReply): void {
  const named = String(reply.getHeader('vary') ?? '');
  if (/\baccept-encoding\b/i.test(named)) return;
  reply.header('vary', named === '' ? 'Accept-Encoding' : `Accept-Encoding, ${named}`);
}
