import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../libs/kernel/index.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { deviceOf } from '../../access/sign-in/device.ts';
import { formerOf } from '../../access/sign-in/origin.ts';
import { setSessionCookie } from '../../access/sign-in/session-cookie.ts';
import { Accounts } from '../../acts/accounts.ts';
import { Frames } from '../shell/frames.ts';
import { ownPath, textIn } from '../shell/paths.ts';
import { DEMO_PARTS, type DemoParts } from './demo-parts.ts';

/**
 * The demo's one-click sign-in; the address does not exist where the forum is no demo, or for a request from elsewhere.
 */
@Controller('demo')
export class DemoController {
  readonly #frames: Frames;
  readonly #accounts: Accounts;
  readonly #address: PublicAddress;
  readonly #memberOf: DemoParts;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Accounts) accounts: Accounts,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(DEMO_PARTS) memberOf: DemoParts,
  ) {
    this.#frames = frames;
    this.#accounts = accounts;
    this.#address = address;
    this.#memberOf = memberOf;
  }

  @Post('sign-in')
  async signIn(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const memberId = this.#frames.isDemo(request) ? this.#memberOf(textIn(form, 'role')) : undefined;
    if (memberId === undefined) throw new DomainError('not_found', 'There is nothing at this address.');
    const { session } = await this.#accounts.signInForDemo(memberId, {
      device: deviceOf(request.headers['user-agent']),
      ...formerOf(request),
    });
    setSessionCookie(reply, session, this.#address);
    reply.redirect(ownPath(textIn(form, 'next')), 303);
  }
}
