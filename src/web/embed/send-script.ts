import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Assets } from '../shell/assets.ts';

/** Sends a script for pages of other sites. Its name stays the same for ever, so it is asked for anew each hour. */
export function sendScript(
  name: 'embed.js' | 'counts.js',
  assets: Assets,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): void {
  const file = assets.address(name).slice('/assets/'.length);
  const { bytes, type, encoding } = assets.file(file, request.headers['accept-encoding']);
  if (encoding !== null) reply.header('content-encoding', encoding);
  reply
    .header('content-type', type)
    .header('cache-control', 'public, max-age=3600')
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('vary', 'Accept-Encoding')
    .send(bytes);
}
