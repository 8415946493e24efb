import { Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { requireId } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { BringingImages } from '../../acts/bringing-images.ts';
import { doneIn, pathDone } from '../shell/done.tsx';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { OwnImagesPage } from './own-images-page.tsx';

const IMAGES_A_PAGE = 20;
const PATH = '/settings/images';

/** The images that a member has brought: to look through, and to delete. */
@Controller('settings/images')
@UseInterceptors(ReadsOwnWrites)
export class OwnImagesController {
  readonly #images: BringingImages;
  readonly #frames: Frames;

  constructor(@Inject(BringingImages) images: BringingImages, @Inject(Frames) frames: Frames) {
    this.#images = images;
    this.#frames = frames;
  }

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const cursor = textIn(query, 'cursor') || null;
    const images = await this.#images.list(memberOf(request), { limit: IMAGES_A_PAGE, cursor });
    const frame = this.#frames.of(request, PATH);
    await sendPage(h(OwnImagesPage, { frame, images, done: doneIn(query) }), { request, reply });
  }

  @Post()
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const id = requireId(textIn(request.body, 'remove'), 'not_found');
    await this.#images.remove(id, memberOf(request), askingOf(request));
    reply.redirect(pathDone(PATH, 'imageDeleted'), 303);
  }
}
