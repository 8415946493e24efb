import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageCounts } from '../../../libs/client/index.ts';
import { Pages } from '../../acts/pages.ts';
import { Assets } from '../shell/assets.ts';
import { sendScript } from './send-script.ts';

/** How many comments pages of other sites have: the script that fills the numbers in, and what it asks. */
@Controller()
export class CountsPagesController {
  readonly #pages: Pages;
  readonly #assets: Assets;

  constructor(@Inject(Pages) pages: Pages, @Inject(Assets) assets: Assets) {
    this.#pages = pages;
    this.#assets = assets;
  }

  /** Any page may read it: it tells nothing that a reader without an account does not see. */
  @Get('counts')
  counts(@Query('url') urls: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<PageCounts> {
    reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60');
    return this.#pages.counts(urls);
  }

  @Get('counts.js')
  script(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendScript('counts.js', this.#assets, { request, reply });
  }
}
