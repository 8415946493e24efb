import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import { compress, compressAround } from '../../../libs/compression/index.ts';
import { renderInParts } from './shared-html.ts';

/**
 * Renders a page and sends it, compressed off the main thread. A page is made for one reader and must not be stored.
 */
export async function sendPage(
  page: JSX.Element,
  {
    request,
    reply,
    status = 200,
  }: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly status?: number },
): Promise<void> {
  const { before, shared, after } = renderInParts(page);
  const begin = Buffer.from(`<!doctype html>${before}`);
  const accepted = request.headers['accept-encoding'];
  const { bytes, coding } = await (shared === null
    ? compress(begin, accepted)
    : compressAround({ before: begin, shared, after: Buffer.from(after) }, accepted));
  if (coding !== null) reply.header('content-encoding', coding);
  reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'Accept-Encoding, Accept-Language, Cookie')
    .send(bytes);
}
