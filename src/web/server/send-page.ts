import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Below this many bytes compression saves no packet. */
const WORTH_COMPRESSING = 1_400;
/** Fast enough to be done for every page; the higher levels cost ten times as much for a few per cent. */
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};

async function compressed(bytes: Buffer, acceptEncoding: string): Promise<{ bytes: Buffer; coding: string | null }> {
  if (bytes.length < WORTH_COMPRESSING) return { bytes, coding: null };
  if (/\bbr\b/.test(acceptEncoding)) return { bytes: await compressBrotli(bytes, BROTLI), coding: 'br' };
  if (/\bgzip\b/.test(acceptEncoding)) return { bytes: await compressGzip(bytes, { level: 6 }), coding: 'gzip' };
  return { bytes, coding: null };
}

/** Renders a page and sends it, compressed off the main thread. Pages are made for one reader and are not to be stored. */
export async function sendPage(
  page: JSX.Element,
  {
    request,
    reply,
    status = 200,
  }: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly status?: number },
): Promise<void> {
  const html = Buffer.from(`<!doctype html>${render(page)}`);
  const { bytes, coding } = await compressed(html, request.headers['accept-encoding'] ?? '');
  if (coding !== null) reply.header('content-encoding', coding);
  reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'Accept-Encoding, Accept-Language, Cookie')
    .send(bytes);
}
