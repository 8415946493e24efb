import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Preview } from '../../../../libs/client/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { Previewing } from '../../../acts/previewing.ts';
import { Input } from '../../input/input.ts';
import { PreviewBody } from '../dto/comments.ts';

/** What a text would look like as a comment. */
@Controller('api/v1/previews')
export class PreviewsController {
  readonly #previewing: Previewing;

  constructor(@Inject(Previewing) previewing: Previewing) {
    this.#previewing = previewing;
  }

  @Post()
  @HttpCode(200)
  preview(@Input(PreviewBody) { body }: PreviewBody, @Req() request: FastifyRequest): Promise<Preview> {
    return this.#previewing.preview(body, request.principal, askingOf(request));
  }
}
