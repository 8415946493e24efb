import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { PublicAddress } from '../../../access/public-address.ts';
import { type ComparedCheckpoint, toldBy } from '../../../acts/proving/comparing.ts';
import { Proving } from '../../../acts/proving/proving.ts';
import { Frames } from '../../shell/frames.ts';
import { textIn } from '../../shell/paths.ts';
import { sendPage } from '../../shell/send-page.ts';
import { verifierFile } from './verifier-file.ts';
import { VerifyPage } from './verify-page.tsx';

/** The most checkpoints shown of those signed at intervals: a day at one an hour. */
const SHOWN = 24;

/** The page by which auditors check the log against what they kept. */
@Controller('audit/verify')
export class VerifyPagesController {
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
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send({ typed: '', compared: null }, { request, reply });
  }

  /** For readers without a script: the forum's own answer about a kept checkpoint. */
  @Post()
  async compare(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const typed = textIn(form, 'kept');
    const compared = await this.#proving.compare(`${typed.replaceAll('\r\n', '\n').trim()}\n`);
    await this.#send({ typed, compared }, { request, reply });
  }

  async #send(
    asked: { readonly typed: string; readonly compared: ComparedCheckpoint | null },
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const checkpoint = await this.#proving.checkpoint();
    const page = h(VerifyPage, {
      frame: this.#frames.of(request),
      checkpoint,
      ...toldBy(checkpoint),
      logKey: this.#proving.verifierKey(),
      changes: this.#proving.keyChanges(),
      kept: this.#proving.kept(SHOWN).map(({ at, note }) => ({ at, ...toldBy(note) })),
      origin: this.#address.origin,
      verifierSha256: verifierFile().sha256,
      ...asked,
    });
    await sendPage(page, { request, reply });
  }
}
