import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import { type Coded, compress, compressAround } from '../../../libs/compression/index.ts';
import { renderInParts } from './shared-html.ts';

interface PageExchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly status?: number;
}

/**
 * Renders a page and sends it, compressed off the main thread. A page is made for one reader and must not be stored.
 */
export async function sendPage(page: JSX.Element, exchange: PageExchange): Promise<void> {
  const { before, shared, after } = renderInParts(page);
  if (shared === null) return sendHtml(before, exchange);
  const begin = Buffer.from(`<!doctype html>${before}`);
  const parts = { before: begin, shared, after: Buffer.from(after) };
  sendCoded(await compressAround(parts, exchange.request.headers['accept-encoding']), exchange);
}

/** The same of a page that was rendered before, and shares nothing. */
export async function sendHtml(html: string, exchange: PageExchange): Promise<void> {
  const bytes = Buffer.from(`<!doctype html>${html}`);
  sendCoded(await compress(bytes, exchange.request.headers['accept-encoding']), exchange);
}

/** Sends bytes that a page was made into. */
export function sendCoded({ bytes, coding }: Coded, { reply, status = 200 }: PageExchange): void {
  if (coding !== null) reply.header('content-encoding', coding);
  reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'Accept-Encoding, Accept-Language, Cookie')
    .send(bytes);
}
