import { createHash } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CompressedOnce, entityTag, isAmong } from '../../../../libs/compression/index.ts';
import { PublicAddress } from '../../../access/public-address.ts';
import { sessionCookieName } from '../../../access/sign-in/session-cookie.ts';
import { docsPage } from '../openapi/docs-page.ts';
import { openApiDocument } from '../openapi/document.ts';
import { WHOEVER_ASKS } from '../server/security-headers.ts';

interface MadeOnce {
  readonly bytes: Buffer;
  readonly type: string;
  readonly tag: string;
}

/** The API's own description, made and compressed once. */
@Controller('api/v1')
export class OpenApiController {
  readonly #address: PublicAddress;
  readonly #compressed = new CompressedOnce();
  #document: MadeOnce | undefined;
  #page: MadeOnce | undefined;

  constructor(@Inject(PublicAddress) address: PublicAddress) {
    this.#address = address;
  }

  @Get('openapi.json')
  document(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const make = () => JSON.stringify(openApiDocument(this.#address.origin, sessionCookieName(this.#address)));
    this.#document ??= madeOnce(make(), 'application/json; charset=utf-8');
    return this.#send(this.#document, request, reply);
  }

  @Get('docs')
  page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.#page ??= madeOnce(docsPage(), 'text/html; charset=utf-8');
    return this.#send(this.#page, request, reply);
  }

  /** A client that has it already gets 304 (RFC 9110, 13.1.2). */
  async #send({ bytes, type, tag }: MadeOnce, { headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
    const coded = await this.#compressed.for(bytes, headers['accept-encoding']);
    const etag = entityTag(tag, coded.coding);
    reply.header('cache-control', 'no-cache').header('etag', etag).header('vary', `Accept-Encoding, ${WHOEVER_ASKS}`);
    if (isAmong(headers['if-none-match'], etag)) return void reply.code(304).send();
    if (coded.coding !== null) reply.header('content-encoding', coded.coding);
    reply.header('content-type', type).send(coded.bytes);
  }
}

function madeOnce(text: string, type: string): MadeOnce {
  const bytes = Buffer.from(text);
  return { bytes, type, tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) };
}
