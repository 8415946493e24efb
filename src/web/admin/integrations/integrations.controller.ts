import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { PublicAddress } from '../../../access/public-address.ts';
import { Mailing } from '../../../acts/mailing.ts';
import { CONFIG, type Config } from '../../../config.ts';
import { Frames } from '../../shell/frames.ts';
import { sendPage } from '../../shell/send-page.ts';
import { IntegrationsPage } from './integrations-page.tsx';

/** The page of what the forum is connected with, and what else it could be. No secret is on it. */
@Controller('admin/integrations')
export class IntegrationsController {
  readonly #frames: Frames;
  readonly #config: Config;
  readonly #address: PublicAddress;
  readonly #mailing: Mailing;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(CONFIG) config: Config,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(Mailing) mailing: Mailing,
  ) {
    this.#frames = frames;
    this.#config = config;
    this.#address = address;
    this.#mailing = mailing;
  }

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = this.#frames.of(request);
    const { ssoSecret, ssoPublicKey, oidcProviders } = this.#config;
    const { server, from } = this.#mailing.place;
    const { name, address } = from();
    const page = h(IntegrationsPage, {
      frame,
      origin: this.#address.origin,
      providers: oidcProviders.map(({ name: of, label, issuer, clientId }) => ({ name: of, label, issuer, clientId })),
      sso: [...(ssoSecret === null ? [] : ['HS256']), ...(ssoPublicKey === null ? [] : ['EdDSA'])],
      mail: { server, from: `${name} <${address}>` },
    });
    await sendPage(page, { request, reply });
  }
}
