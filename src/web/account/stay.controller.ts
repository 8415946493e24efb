import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, deriveId, isUuid } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { Staying } from '../../acts/staying.ts';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsNotices } from '../shell/reads-own-writes.ts';
import { reasonOf } from '../shell/refusal-messages.ts';
import { secretAddress } from '../shell/secret-address.ts';
import { sendPage } from '../shell/send-page.ts';
import { RefusedLinkPage } from './link-pages.tsx';
import { StayedPage, StayPage } from './stay-pages.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The page that the letter about an erasure leads to, by which its receiver takes the erasure back without signing in. */
@Controller()
@UseInterceptors(ReadsNotices)
export class StayPagesController {
  readonly #frames: Frames;
  readonly #staying: Staying;
  readonly #address: PublicAddress;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Staying) staying: Staying,
    @Inject(PublicAddress) address: PublicAddress,
  ) {
    this.#frames = frames;
    this.#staying = staying;
    this.#address = address;
  }

  @Get('stay/:token')
  async form(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const path = `/stay/${encodeURIComponent(token)}`;
    try {
      const handle = await this.#staying.see(token, askingOf(request));
      const page = h(StayPage, { frame: this.#frames.of(request, path), path, id: randomUUID(), handle });
      await sendPage(page, { request, reply: this.#secret({ request, reply }) });
    } catch (error) {
      await this.#refuse(token, error, { request, reply });
    }
  }

  @Post('stay/:token')
  async takeBack(
    @Param('token') token: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [asking, id] = [askingOf(request), textIn(form, 'id')];
    const pressed = isUuid(id) ? { ...asking, commandId: deriveId('stay-page', id) } : asking;
    try {
      const { handle } = await this.#staying.takeBack(token, pressed);
      const page = h(StayedPage, { frame: this.#frames.of(request, '/settings/data'), handle });
      await sendPage(page, { request, reply: this.#secret({ request, reply }) });
    } catch (error) {
      await this.#refuse(token, error, { request, reply });
    }
  }

  #secret({ request: { host }, reply }: Exchange): FastifyReply {
    return reply.headers(secretAddress(this.#address, host));
  }

  async #refuse(token: string, error: unknown, { request, reply }: Exchange): Promise<void> {
    if (!(error instanceof DomainError)) throw error;
    const frame = this.#frames.of(request, '/settings/data');
    const isOver = error.code === 'link_used' && (await this.#staying.wasTakenBack(token));
    const reason = isOver ? frame.translator.t('stay.already') : reasonOf(error, frame.translator);
    const onward = { again: '/settings/data', onward: 'data.title' } as const;
    const page = h(RefusedLinkPage, { frame, title: 'stay.title', reason, ...onward });
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
    await sendPage(page, { request, reply: this.#secret({ request, reply }), status: error.status });
  }
}
