import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageCounts } from '../../../../libs/client/index.ts';
import { Pages } from '../../../acts/pages.ts';

/** The numbers of comments of pages of other sites, which any page may read. */
@Controller('api/v1/counts')
export class CountsController {
  readonly #pages: Pages;

  constructor(@Inject(Pages) pages: Pages) {
    this.#pages = pages;
  }

  @Get()
  counts(
    @Req() { query }: FastifyRequest<{ Querystring: Readonly<Record<string, unknown>> }>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageCounts> {
    reply.header('access-control-allow-origin', '*');
    return this.#pages.counts(query['url']);
  }
}
