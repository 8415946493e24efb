import { Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { ClaimingComments } from '../../acts/claiming-comments.ts';
import { doneIn, pathDone } from '../shell/done.tsx';
import { Frames } from '../shell/frames.ts';
import { pathAfter } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { sendPage } from '../shell/send-page.ts';
import { ClaimsPage } from './claims-page.tsx';

const PATH = '/settings/comments';

/** The comments from before the account, which a member can take as theirs. */
@Controller('settings/comments')
@UseInterceptors(ReadsOwnWrites)
export class ClaimPagesController {
  readonly #frames: Frames;
  readonly #claiming: ClaimingComments;

  constructor(@Inject(Frames) frames: Frames, @Inject(ClaimingComments) claiming: ClaimingComments) {
    this.#frames = frames;
    this.#claiming = claiming;
  }

  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const offer = await this.#claiming.offer(memberOf(request));
    const frame = this.#frames.of(request, PATH);
    await sendPage(h(ClaimsPage, { frame, offer, done: doneIn(query) }), { request, reply });
  }

  @Post()
  async claim(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { position } = await this.#claiming.claim(memberOf(request), askingOf(request));
    reply.redirect(pathAfter(pathDone(PATH, 'claimed'), position), 303);
  }
}
