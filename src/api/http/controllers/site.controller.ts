import { Controller, Get, HttpCode, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageMoves, Site } from '../../../../libs/client/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { publicSite, SettingUp } from '../../../acts/setting-up.ts';
import { GetSite } from '../../../views/site/site.query-types.ts';
import { Input } from '../../input/input.ts';
import { PageRulesBody, SiteBody } from '../dto/site.ts';
import { keepPrivate, tellWritten } from './answers.ts';

/** The settings of the forum: what is public for all, everything for admins. */
@Controller('api/v1/site')
export class SiteController {
  readonly #settingUp: SettingUp;
  readonly #queries: QueryBus;

  constructor(@Inject(SettingUp) settingUp: SettingUp, @Inject(QueryBus) queries: QueryBus) {
    this.#settingUp = settingUp;
    this.#queries = queries;
  }

  @Get()
  async site(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Site> {
    keepPrivate(reply);
    const site = await this.#queries.execute(new GetSite());
    return request.principal?.roles.includes('admin') ? site : publicSite(site);
  }

  @Patch()
  async change(
    @Input(SiteBody) body: SiteBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Site> {
    const { site, position } = await this.#settingUp.change(body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return site;
  }

  /** Nothing is recorded. */
  @Post('page-moves')
  @HttpCode(200)
  moves(@Input(PageRulesBody) body: PageRulesBody, @Req() request: FastifyRequest): Promise<PageMoves> {
    return this.#settingUp.pageMoves(body, memberOf(request));
  }
}
