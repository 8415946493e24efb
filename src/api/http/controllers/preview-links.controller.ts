import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PreviewLink } from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { SharingPreviews } from '../../../acts/sharing-previews.ts';
import { Input } from '../../input/input.ts';
import { PreviewLinkBody } from '../dto/preview-links.ts';
import { keepPrivate, tellWritten } from './answers.ts';

/** The links by which people without an account read what is not published. */
@Controller('api/v1')
export class PreviewLinksController {
  readonly #previews: SharingPreviews;

  constructor(@Inject(SharingPreviews) previews: SharingPreviews) {
    this.#previews = previews;
  }

  @Get('posts/:id/preview-links')
  list(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<readonly PreviewLink[]> {
    keepPrivate(reply);
    return this.#previews.list(requireId(id, 'post_not_found'));
  }

  @Post('posts/:id/preview-links')
  @HttpCode(201)
  async share(
    @Param('id') id: string,
    @Input(PreviewLinkBody) { days }: PreviewLinkBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreviewLink> {
    const postId = requireId(id, 'post_not_found');
    const { link, position } = await this.#previews.share(postId, days, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return link;
  }

  @Delete('preview-links/:id')
  @HttpCode(204)
  async end(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const previewId = requireId(id, 'not_found');
    tellWritten(reply, await this.#previews.end(previewId, memberOf(request), askingOf(request)));
  }
}
