import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError } from '../../../libs/kernel/index.ts';
import { readLanguages, TEXT_LANGUAGES } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { OwnAccount } from '../../acts/own-account.ts';
import { frameAddressOf, frameIn, framePath } from '../shell/frame-address.ts';
import { FrameHosts } from '../shell/frame-hosts.ts';
import { ALL_LANGUAGES, keepForFrames } from '../shell/frame-languages.ts';
import { Frames } from '../shell/frames.ts';
import { putHeaders } from '../shell/kept-pages.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { FrameReadingPage } from './frame-reading-page.tsx';

/** Which languages a reader reads, said in a frame on another site's page: browsers keep the cookie of the forum's own pages back there. */
@Controller('embed/languages')
@UseInterceptors(ReadsOwnWrites)
export class FrameReadingController {
  readonly #frames: Frames;
  readonly #hosts: FrameHosts;
  readonly #own: OwnAccount;
  readonly #address: PublicAddress;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(FrameHosts) hosts: FrameHosts,
    @Inject(OwnAccount) own: OwnAccount,
    @Inject(PublicAddress) address: PublicAddress,
  ) {
    this.#frames = frames;
    this.#hosts = hosts;
    this.#own = own;
    this.#address = address;
  }

  @Get()
  async form(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const path = pathIn(query);
    const address = frameAddressOf(path);
    const hosts = this.#hosts.asked(address);
    putHeaders(reply, this.#hosts.headers(reply, hosts));
    const page = h(FrameReadingPage, { frame: this.#frames.of(request, path), address, hosts });
    await sendPage(page, { request, reply });
  }

  /** The discussion comes again, by an address that says the choice too, for browsers that keep nothing for frames. */
  @Post()
  async choose(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const address = frameAddressOf(pathIn(form));
    const reads = readLanguages(TEXT_LANGUAGES.filter((code) => textIn(form, `reads-${code}`) === '1'));
    if (request.principal !== null) {
      const { position } = await this.#own.change(request.principal, { reads: reads ?? [] }, askingOf(request));
      return void reply.redirect(pathAfter(framePath({ ...address, reads: null }), position), 303);
    }
    keepForFrames(reply, reads, this.#address);
    const path = framePath({ ...address, reads });
    reply.redirect(reads === null ? `${path}&reads=${ALL_LANGUAGES}` : path, 303);
  }
}

function pathIn(fields: unknown): string {
  const path = frameIn(fields);
  if (path === undefined) throw new DomainError('invalid', 'This form stands in no frame.');
  return path;
}
