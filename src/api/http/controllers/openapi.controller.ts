import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PublicAddress } from '../../../access/public-address.ts';
import { sessionCookieName } from '../../../access/sign-in/session-cookie.ts';
import { docsPage } from '../openapi/docs-page.ts';
import { openApiDocument } from '../openapi/document.ts';

/** The API's own description, made once. */
@Controller('api/v1')
export class OpenApiController {
  readonly #address: PublicAddress;
  #json: string | undefined;
  #page: string | undefined;

  constructor(@Inject(PublicAddress) address: PublicAddress) {
    this.#address = address;
  }

  @Get('openapi.json')
  document(@Res() reply: FastifyReply): void {
    this.#json ??= JSON.stringify(openApiDocument(this.#address.origin, sessionCookieName(this.#address)));
    reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(this.#json);
  }

  @Get('docs')
  page(@Res() reply: FastifyReply): void {
    this.#page ??= docsPage();
    reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache').send(this.#page);
  }
}
