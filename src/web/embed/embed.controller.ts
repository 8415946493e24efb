import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../libs/kernel/index.ts';
import { Pages } from '../../acts/pages.ts';
import { Assets } from '../shell/assets.ts';
import { formText } from '../shell/form-checks.ts';
import { type FrameAddress, frameAddressIn, frameAddressOf, frameIn } from '../shell/frame-address.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { CommentForms } from '../thread/comment-forms.ts';
import { wishIn } from '../thread/thread-wish.ts';
import { EmbedScreens } from './embed-screens.ts';
import { sendScript } from './send-script.ts';

/** The frame with a discussion for pages of other sites, and the script that puts it there. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class EmbedController {
  readonly #screens: EmbedScreens;
  readonly #forms: CommentForms;
  readonly #pages: Pages;
  readonly #assets: Assets;

  constructor(
    @Inject(EmbedScreens) screens: EmbedScreens,
    @Inject(CommentForms) forms: CommentForms,
    @Inject(Pages) pages: Pages,
    @Inject(Assets) assets: Assets,
  ) {
    this.#screens = screens;
    this.#forms = forms;
    this.#pages = pages;
    this.#assets = assets;
  }

  /** A frame shows the present: it has no time machine. */
  @Get('embed')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const wish = { ...wishIn(query, 'UTC'), past: { shown: null, since: null }, changes: null };
    await this.#screens.send(frameAddressIn(query), wish, { request, reply });
  }

  @Post('embed/comments')
  async comment(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = frameIn(form);
    if (frame === undefined) throw new DomainError('invalid', 'This form stands in no frame.');
    const address = frameAddressOf(frame);
    const refused = { address: { ...address, site: address.site ?? originOf(address) }, text: formText(form, 'body') };
    const post = await this.#pages.find(address, request.principal).catch(async (error: unknown) => {
      await this.#screens.refuse(error, refused, { request, reply });
    });
    if (!post) return;
    const again = await this.#forms.post(post, form, { request, reply });
    if (again !== null) await this.#screens.send(address, again, { request, reply });
  }

  @Get('embed.js')
  script(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendScript('embed.js', this.#assets, { request, reply });
  }
}

/** A form of the forum stands on the page of which it is a form; readers without a session have no site. */
function originOf({ url }: FrameAddress): string | null {
  return URL.parse(url)?.origin ?? null;
}
