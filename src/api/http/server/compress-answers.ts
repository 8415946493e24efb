import type { FastifyInstance, FastifyReply } from 'fastify';
import { compress } from '../../../../libs/compression/index.ts';

/** Types whose bytes are text; pictures and tiles of hashes would not get smaller. */
const TEXT = /^text\/|[/+](?:json|xml)$/;
/** Its lines are sent one by one. */
const EVENT_STREAM = 'text/event-stream';

/**
 * Compresses answers of one piece off the main thread, in the coding that the reader's `Accept-Encoding` prefers.
 * Answers in pieces are sent as they come; answers that their route has coded, or tagged for one form, stay as they
 * are.
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
        // The uncompressed answer is complete.
        request.log.warn({ err: error }, 'An answer could not be compressed');
        done(null, payload);
      },
    );
  });
}

function isOpen(reply: FastifyReply): boolean {
  const [type = ''] = String(reply.getHeader('content-type') ?? '').split(';');
  if (!TEXT.test(type.trim()) || type === EVENT_STREAM || reply.statusCode === 304) return false;
  return !reply.hasHeader('content-encoding') && !reply.hasHeader('etag');
}

/** Set on short and uncompressed answers too, since another answer of the same address may be compressed. */
function vary(reply: FastifyReply): void {
  const named = String(reply.getHeader('vary') ?? '');
  if (/\baccept-encoding\b/i.test(named)) return;
  reply.header('vary', named === '' ? 'Accept-Encoding' : `Accept-Encoding, ${named}`);
}
