import { Controller, Get, Inject, Param, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { requireId } from '../../../../libs/kernel/index.ts';
import { viewerOf } from '../../../access/principal.ts';
import { PublicAddress } from '../../../access/public-address.ts';
import { Proving } from '../../../acts/proving/proving.ts';
import { Frames } from '../../shell/frames.ts';
import { revisionIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { sendPage } from '../../shell/send-page.ts';
import { ReceiptPage } from './receipt-page.tsx';

/** The proof that a comment stands in the log, for everybody. */
@Controller('receipts/:id')
@UseInterceptors(ReadsOwnWrites)
export class ReceiptPagesController {
  readonly #frames: Frames;
  readonly #proving: Proving;
  readonly #address: PublicAddress;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Proving) proving: Proving,
    @Inject(PublicAddress) address: PublicAddress,
  ) {
    this.#frames = frames;
    this.#proving = proving;
    this.#address = address;
  }

  @Get()
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    requireId(id, 'comment_not_found');
    const revision = revisionIn(request.query);
    const receipt = await this.#proving.receipt(id, revision, viewerOf(request.principal));
    const page = h(ReceiptPage, {
      frame: this.#frames.of(request),
      commentId: id,
      receipt,
      revision,
      logKey: this.#proving.verifierKey(),
      changes: this.#proving.keyChanges(),
      leaf: Buffer.from(receipt.leafHash).toString('base64'),
      origin: this.#address.origin,
    });
    await sendPage(page, { request, reply });
  }
}
