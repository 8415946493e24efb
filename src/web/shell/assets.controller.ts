import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Assets } from './assets.ts';

/** What browsers heed of documents and of threads alone: some 400 bytes, for which the first paint of a page would wait. */
const HEEDED_OF_DOCUMENTS = [
  'content-security-policy',
  'x-frame-options',
  'permissions-policy',
  'cross-origin-opener-policy',
] as const;

/** CSS and browser programs; their names change with their contents, so they may be kept for ever. */
@Controller('assets')
export class AssetsController {
  readonly #assets: Assets;

  constructor(@Inject(Assets) assets: Assets) {
    this.#assets = assets;
  }

  @Get(':file')
  file(@Param('file') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { bytes, type, encoding } = this.#assets.file(name, request.headers['accept-encoding']);
    if (name.endsWith('.css')) for (const header of HEEDED_OF_DOCUMENTS) reply.removeHeader(header);
    if (encoding !== null) reply.header('content-encoding', encoding);
    reply
      .header('content-type', type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'Accept-Encoding')
      .send(bytes);
  }
}
