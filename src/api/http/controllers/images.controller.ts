import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAmong } from '../../../../libs/compression/index.ts';
import { DomainError, imageFileNamed } from '../../../../libs/kernel/index.ts';
import { GetImageFile, type ServedImage } from '../../../views/images/images.query-types.ts';

/** An image that is opened as a document loads and runs nothing, and has no origin. */
const POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Images in their sizes and formats. The file at an address never changes, so anyone may keep it. */
@Controller('images')
export class ImagesController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  @Get(':file')
  async file(@Param('file') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = imageFileNamed(name);
    if (file === null) throw new DomainError('not_found', 'There is no such image.');
    const { bytes, type, tag }: ServedImage = await this.#queries.execute(new GetImageFile(file));
    const etag = `"${tag}"`;
    reply
      .header('content-security-policy', POLICY)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('etag', etag);
    if (isAmong(request.headers['if-none-match'], etag)) reply.code(304).send();
    else reply.header('content-type', type).send(bytes);
  }
}
