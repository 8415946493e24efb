import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Preview } from '../../../../libs/client/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { Previewing } from '../../../acts/previewing.ts';
import { Input } from '../../input/input.ts';
import { PreviewBody } from '../dto/comments.ts';
import { PostPreviewBody } from '../dto/posts.ts';

/** What a text would look like as a comment, or as a post. */
@Controller('api/v1')
export class PreviewsController {
  readonly #previewing: Previewing;

  constructor(@Inject(Previewing) previewing: Previewing) {
    this.#previewing = previewing;
  }

  @Post('previews')
  @HttpCode(200)
  preview(@Input(PreviewBody) { body }: PreviewBody, @Req() request: FastifyRequest): Promise<Preview> {
    return this.#previewing.preview(body, request.principal, askingOf(request));
  }

  @Post('post-previews')
  @HttpCode(200)
  previewPost(@Input(PostPreviewBody) { body }: PostPreviewBody, @Req() request: FastifyRequest): Promise<Preview> {
    return this.#previewing.previewPost(body, memberOf(request));
  }
}
