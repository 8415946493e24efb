import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VerifiedView, ViewFigures } from '../../../../../libs/client/index.ts';
import { REPLAYING, type Replaying } from '../../../../acts/auditing/replaying.ts';
import { NoInput } from '../../../input/input.ts';
import { progressLines } from '../../server/progress-lines.ts';
import { keepPrivate } from '../answers.ts';

/** The views, and their comparison with the log. */
@Controller('api/v1/audit/views')
export class ViewsController {
  readonly #replaying: Replaying;

  constructor(@Inject(REPLAYING) replaying: Replaying) {
    this.#replaying = replaying;
  }

  @Get()
  views(@Res({ passthrough: true }) reply: FastifyReply): Promise<readonly ViewFigures[]> {
    keepPrivate(reply);
    return this.#replaying.views();
  }

  /** A caller that goes away ends it. */
  @Post(':name/verifications')
  @HttpCode(200)
  async verify(
    @Param('name') name: string,
    @NoInput() _: object,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerifiedView | Readable> {
    keepPrivate(reply);
    const gone = new AbortController();
    request.raw.socket.once('close', () => gone.abort());
    const { signal } = gone;
    if (!(request.headers.accept ?? '').includes('application/x-ndjson'))
      return this.#replaying.verify(name, { signal });
    reply.type('application/x-ndjson; charset=utf-8');
    return Readable.from(progressLines((onProgress) => this.#replaying.verify(name, { signal, onProgress }), gone));
  }
}
