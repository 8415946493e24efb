import { Controller, Inject, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Post } from '../../../../libs/client/index.ts';
import { addressAsked, networkOf } from '../../../access/network.ts';
import { RateLimits } from '../../../access/rate-limits.ts';
import { Pages } from '../../../acts/pages.ts';
import { Input } from '../../input/input.ts';
import { PageBody } from '../dto/posts.ts';
import { keepPrivate } from './answers.ts';

/** The discussions of pages of other sites. */
@Controller('api/v1/pages')
export class PagesController {
  readonly #pages: Pages;
  readonly #limits: RateLimits;

  constructor(@Inject(Pages) pages: Pages, @Inject(RateLimits) limits: RateLimits) {
    this.#pages = pages;
    this.#limits = limits;
  }

  /** Nothing is recorded, so it counts as a read. */
  @Put()
  async page(
    @Input(PageBody) body: PageBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Post> {
    await this.#limits.take('read', networkOf(addressAsked(request)));
    if (request.principal !== null) keepPrivate(reply);
    return this.#pages.find(body, request.principal);
  }
}
