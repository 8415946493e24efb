import { Controller, Delete, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answers } from '../../../../libs/client/index.ts';
import { DomainError, requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { ImageForm } from '../../../access/image-form.ts';
import { memberOf } from '../../../access/request.ts';
import { BringingImages } from '../../../acts/bringing-images.ts';

import { keepPrivate, tellWritten } from './answers.ts';

/** Images that members bring for what they write. */
@Controller('api/v1/images')
export class BroughtImagesController {
  readonly #images: BringingImages;

  constructor(@Inject(BringingImages) images: BringingImages) {
    this.#images = images;
  }

  @Post()
  async bring(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answers['POST /api/v1/images']> {
    const form: unknown = request.body;
    if (!(form instanceof ImageForm)) {
      throw new DomainError(
        'unsupported_media_type',
        'Send the image as multipart/form-data: its bytes in the field file, and what it shows in the field alt.',
      );
    }
    const { image, position } = await this.#images.bring(form, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return { image };
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.#images.remove(requireId(id, 'not_found'), memberOf(request), askingOf(request));
    keepPrivate(reply);
  }
}
