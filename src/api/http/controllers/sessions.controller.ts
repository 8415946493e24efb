import { Controller, Delete, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../../../../libs/client/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { PublicAddress } from '../../../access/public-address.ts';
import { memberOf } from '../../../access/request.ts';
import { KnownDevices } from '../../../access/sign-in/known-devices.ts';
import { clearSessionCookie, setSessionCookie } from '../../../access/sign-in/session-cookie.ts';
import { AccountLinks } from '../../../acts/account-links.ts';
import { Accounts, type SignedIn } from '../../../acts/accounts.ts';
import { checkInput } from '../../input/check-input.ts';
import { Input } from '../../input/input.ts';
import { LoginBody, SignInBody } from '../dto/members.ts';
import { keepPrivate, tellWritten } from './answers.ts';

@Controller('api/v1/sessions')
export class SessionsController {
  readonly #accounts: Accounts;
  readonly #links: AccountLinks;
  readonly #address: PublicAddress;
  readonly #devices: KnownDevices;

  constructor(
    @Inject(Accounts) accounts: Accounts,
    @Inject(AccountLinks) links: AccountLinks,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(KnownDevices) devices: KnownDevices,
  ) {
    this.#accounts = accounts;
    this.#links = links;
    this.#address = address;
    this.#devices = devices;
  }

  @Post()
  @HttpCode(201)
  async signIn(
    @Input(SignInBody) body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const { session, member } = await this.#byWay(body, request);
    setSessionCookie(reply, session, this.#address);
    keepPrivate(reply);
    return { token: session.token, expiresAt: session.expiresAt, member };
  }

  #byWay(body: SignInBody, request: FastifyRequest): Promise<SignedIn> {
    const { link, ...rest } = body;
    if (link !== undefined) return this.#links.signIn(link, askingOf(request));
    const knows = (name: string): boolean => this.#devices.knows(request, name);
    return this.#accounts.signIn(checkInput(LoginBody, rest), { address: request.ip, knows });
  }

  @Delete('current')
  @HttpCode(204)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    tellWritten(reply, await this.#accounts.signOut(memberOf(request), request.id));
    clearSessionCookie(reply, this.#address);
  }
}
