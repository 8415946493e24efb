import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../../../libs/kernel/index.ts';
import { LEAST_CONTRAST, lowestContrast } from '../../../libs/words/index.ts';
import { accentCss } from './accent-css.ts';

/** Where the colours apply: to the whole page, or to the preview of a choice. */
const PLACES = { accent: ':root', preview: '.brand-preview' } as const;

/** The colours that are made of a forum's accent. The address holds the colour, so that it may be kept for ever. */
@Controller('brand')
export class BrandController {
  @Get(':file')
  colours(@Param('file') file: string, @Res() reply: FastifyReply): void {
    const [, place, hex] = /^(accent|preview)-([0-9a-f]{6})\.css$/.exec(file) ?? [];
    const accent = `#${hex}`;
    const isReadable = hex !== undefined && lowestContrast(accent, 'light') >= LEAST_CONTRAST;
    if (!isReadable || (place !== 'accent' && place !== 'preview')) {
      throw new DomainError('not_found', 'There is no such style sheet.');
    }
    reply
      .header('content-type', 'text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(accentCss(accent, PLACES[place]));
  }
}
