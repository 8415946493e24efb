import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { PublicAddress } from '../../../access/public-address.ts';
import { DiscoveredProviders } from '../../../access/sign-in/oidc/discovered-providers.ts';
import { Mailing } from '../../../acts/mailing.ts';
import { CONFIG, type Config, type OidcProvider } from '../../../config.ts';
import { Frames } from '../../shell/frames.ts';
import { sendPage } from '../../shell/send-page.ts';
import { IntegrationsPage, type ShownProvider } from './integrations-page.tsx';

/** The page of what the forum is connected with, and what else it could be. No secret is on it. */
@Controller('admin/integrations')
export class IntegrationsController {
  readonly #frames: Frames;
  readonly #config: Config;
  readonly #address: PublicAddress;
  readonly #mailing: Mailing;
  readonly #providers: DiscoveredProviders;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(CONFIG) config: Config,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(Mailing) mailing: Mailing,
    @Inject(DiscoveredProviders) providers: DiscoveredProviders,
  ) {
    this.#frames = frames;
    this.#config = config;
    this.#address = address;
    this.#mailing = mailing;
    this.#providers = providers;
  }

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = this.#frames.of(request);
    const { ssoSecret, ssoPublicKey } = this.#config;
    const { server, from } = this.#mailing.place;
    const { name, address } = from();
    const page = h(IntegrationsPage, {
      frame,
      origin: this.#address.origin,
      providers: await Promise.all(this.#providers.providers.map((provider) => this.#shown(provider))),
      sso: [...(ssoSecret === null ? [] : ['HS256']), ...(ssoPublicKey === null ? [] : ['EdDSA'])],
      mail: { server, from: `${name} <${address}>` },
    });
    await sendPage(page, { request, reply });
  }

  async #shown(provider: OidcProvider): Promise<ShownProvider> {
    const { name, label, issuer, clientId } = provider;
    return { name, label, issuer, clientId, answers: await this.#providers.answers(provider) };
  }
}
