import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OwnSession, Page, PasskeyRequest, Session } from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { MOST_PER_PAGE } from '../../../../libs/words/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { PublicAddress } from '../../../access/public-address.ts';
import { memberOf } from '../../../access/request.ts';
import { KnownDevices } from '../../../access/sign-in/known-devices.ts';
import { signInOriginOf } from '../../../access/sign-in/origin.ts';
import { clearSessionCookie, setSessionCookie } from '../../../access/sign-in/session-cookie.ts';
import { AccountLinks } from '../../../acts/account-links.ts';
import { Accounts } from '../../../acts/accounts.ts';
import { Devices } from '../../../acts/devices.ts';
import { Passkeys } from '../../../acts/passkeys.ts';
import type { SignedIn } from '../../../acts/session-opening.ts';
import { SsoSignIn } from '../../../acts/sso-sign-in.ts';
import { Input, NoInput, QueryInput } from '../../input/input.ts';
import { ListQuery, pageOf } from '../dto/lists.ts';
import { loginIn, SignInBody } from '../dto/sign-in.ts';
import { keepPrivate, tellWritten } from './answers.ts';

@Controller('api/v1/sessions')
export class SessionsController {
  readonly #accounts: Accounts;
  readonly #links: AccountLinks;
  readonly #passkeys: Passkeys;
  readonly #sessions: Devices;
  readonly #address: PublicAddress;
  readonly #devices: KnownDevices;
  readonly #sso: SsoSignIn;

  constructor(
    @Inject(Accounts) accounts: Accounts,
    @Inject(AccountLinks) links: AccountLinks,
    @Inject(Passkeys) passkeys: Passkeys,
    @Inject(Devices) sessions: Devices,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(KnownDevices) devices: KnownDevices,
    @Inject(SsoSignIn) sso: SsoSignIn,
  ) {
    this.#accounts = accounts;
    this.#links = links;
    this.#passkeys = passkeys;
    this.#sessions = sessions;
    this.#address = address;
    this.#devices = devices;
    this.#sso = sso;
  }

  @Post()
  @HttpCode(201)
  async signIn(
    @Input(SignInBody) body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const { session, member } = await this.#signedIn(body, request);
    setSessionCookie(reply, session, this.#address);
    keepPrivate(reply);
    return { token: session.token, expiresAt: session.expiresAt, member };
  }

  #signedIn(body: SignInBody, request: FastifyRequest): Promise<SignedIn> {
    const from = signInOriginOf(request, this.#devices);
    if (body.sso !== undefined) return this.#sso.signIn(body.sso, askingOf(request));
    if (body.link !== undefined)
      return this.#links.signIn(body.link, { code: body.code, from, asking: askingOf(request), shownAt: null });
    if (body.passkey !== undefined) return this.#passkeys.signIn(body.passkey, from);
    return this.#accounts.signIn(loginIn(body), from);
  }

  @Post('passkey-options')
  @HttpCode(200)
  passkeyOptions(
    @NoInput() _: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyRequest> {
    keepPrivate(reply);
    return this.#passkeys.requestOptions(signInOriginOf(request, this.#devices));
  }

  @Get()
  list(
    @QueryInput(ListQuery) query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<OwnSession>> {
    keepPrivate(reply);
    return this.#sessions.list(memberOf(request), pageOf(query, MOST_PER_PAGE));
  }

  @Delete('current')
  @HttpCode(204)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    tellWritten(reply, await this.#accounts.signOut(memberOf(request), request.id));
    clearSessionCookie(reply, this.#address);
  }

  @Delete(':id')
  @HttpCode(204)
  async end(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const member = memberOf(request);
    const sessionId = requireId(id, 'session_not_found');
    tellWritten(reply, await this.#sessions.end(member, sessionId, askingOf(request)));
    if (sessionId === member.sessionId) clearSessionCookie(reply, this.#address);
  }

  @Delete()
  @HttpCode(204)
  async endOthers(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    tellWritten(reply, await this.#sessions.endOthers(memberOf(request), askingOf(request)));
  }
}
