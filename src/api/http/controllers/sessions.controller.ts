import { Controller, Delete, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../../../../libs/client/index.ts';
import { PublicAddress } from '../../../access/public-address.ts';
import { memberOf } from '../../../access/request.ts';
import { KnownDevices } from '../../../access/sign-in/known-devices.ts';
import { clearSessionCookie, setSessionCookie } from '../../../access/sign-in/session-cookie.ts';
import { Accounts } from '../../../acts/accounts.ts';
import { Input } from '../../input/input.ts';
import { SignInBody } from '../dto/members.ts';
import { keepPrivate, tellWritten } from './answers.ts';

@Controller('api/v1/sessions')
export class SessionsController {
  readonly #accounts: Accounts;
  readonly #address: PublicAddress;
  readonly #devices: KnownDevices;

  constructor(
    @Inject(Accounts) accounts: Accounts,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(KnownDevices) devices: KnownDevices,
  ) {
    this.#accounts = accounts;
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
    const knows = (name: string): boolean => this.#devices.knows(request, name);
    const { session, member } = await this.#accounts.signIn(body, { address: request.ip, knows });
    setSessionCookie(reply, session, this.#address);
    keepPrivate(reply);
    return { token: session.token, expiresAt: session.expiresAt, member };
  }

  @Delete('current')
  @HttpCode(204)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    tellWritten(reply, await this.#accounts.signOut(memberOf(request), request.id));
    clearSessionCookie(reply, this.#address);
  }
}
