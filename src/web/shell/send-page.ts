import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import { compress } from '../../../libs/compression/index.ts';

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
  const html = Buffer.from(`<!doctype html>${render(page)}`);
  const { bytes, coding } = await compress(html, request.headers['accept-encoding']);
  if (coding !== null) reply.header('content-encoding', coding);
  reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'Accept-Encoding, Accept-Language, Cookie')
    .send(bytes);
}
