import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accentPair, DEFAULT_ACCENT } from '../../../libs/words/index.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import { Assets } from '../shell/assets.ts';
import { brandImage } from '../shell/site-parts.tsx';

/** It talks to the forum alone, and loads nothing. */
const POLICY = "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const HOUR = 'public, max-age=3600';

/** What browsers need of a forum that tells people on their devices, and that phones have beside their programs. */
@Controller()
export class WorkerController {
  readonly #assets: Assets;
  readonly #site: SiteInMemory;

  constructor(@Inject(Assets) assets: Assets, @Inject(SITE) site: SiteInMemory) {
    this.#assets = assets;
    this.#site = site;
  }

  /** At the root, since a service worker is for what lies below it; a browser looks for a newer one by itself. */
  @Get('sw.js')
  worker(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const name = this.#assets.address('sw.js').replace('/assets/', '');
    const { bytes, type, encoding } = this.#assets.file(name, request.headers['accept-encoding']);
    if (encoding !== null) reply.header('content-encoding', encoding);
    reply
      .header('content-type', type)
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-cache')
      .header('vary', 'Accept-Encoding')
      .send(bytes);
  }

  @Get('manifest.webmanifest')
  manifest(@Res() reply: FastifyReply): void {
    const { name, description, defaultLocale, accent, icon } = this.#site.now();
    const image =
      icon === null
        ? { src: this.#assets.address('icon.svg'), type: 'image/svg+xml', sizes: 'any' }
        : { src: brandImage(icon), type: 'image/webp', sizes: '480x480' };
    const manifest = {
      id: '/',
      name,
      short_name: name,
      ...(description !== '' && { description }),
      lang: defaultLocale,
      start_url: '/',
      scope: '/',
      display: 'minimal-ui',
      theme_color: accentPair(accent ?? DEFAULT_ACCENT).light,
      icons: [image],
    };
    reply
      .header('content-type', 'application/manifest+json; charset=utf-8')
      .header('cache-control', HOUR)
      .send(JSON.stringify(manifest));
  }
}
