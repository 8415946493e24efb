import { Controller, Delete, HttpCode, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Passkey, PasskeyCreation, RecoveryCodes, SecondFactorOffer } from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { deviceOf } from '../../../access/sign-in/device.ts';
import { Devices } from '../../../acts/devices.ts';
import { Passkeys } from '../../../acts/passkeys.ts';
import { SecondFactors } from '../../../acts/second-factors.ts';
import { Input } from '../../input/input.ts';
import { CodeBody, FreshBody, PasskeyBody } from '../dto/sign-in.ts';
import { keepPrivate, tellWritten } from './answers.ts';

/** How a member signs in besides by a password. */
@Controller('api/v1/members')
export class WaysInController {
  readonly #factors: SecondFactors;
  readonly #passkeys: Passkeys;
  readonly #devices: Devices;

  constructor(
    @Inject(SecondFactors) factors: SecondFactors,
    @Inject(Passkeys) passkeys: Passkeys,
    @Inject(Devices) devices: Devices,
  ) {
    this.#factors = factors;
    this.#passkeys = passkeys;
    this.#devices = devices;
  }

  @Post('me/second-factor')
  @HttpCode(200)
  async offer(
    @Input(FreshBody) body: FreshBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SecondFactorOffer> {
    const { offer, position } = await this.#factors.offer(memberOf(request), body, askingOf(request));
    tellWritten(reply, position);
    return offer;
  }

  @Put('me/second-factor')
  async confirm(
    @Input(CodeBody) { code }: CodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodes> {
    const { recoveryCodes, position } = await this.#factors.confirm(memberOf(request), code, askingOf(request));
    tellWritten(reply, position);
    return { recoveryCodes };
  }

  @Delete('me/second-factor')
  @HttpCode(204)
  async turnOff(
    @Input(CodeBody) { code }: CodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    tellWritten(reply, await this.#factors.turnOff(memberOf(request), code, askingOf(request)));
  }

  @Delete(':id/second-factor')
  @HttpCode(204)
  async turnOffFor(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const memberId = requireId(id, 'member_not_found');
    tellWritten(reply, await this.#factors.turnOffFor(memberId, memberOf(request), askingOf(request)));
  }

  @Delete(':id/sessions')
  @HttpCode(204)
  async endSessionsOf(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const memberId = requireId(id, 'member_not_found');
    tellWritten(reply, await this.#devices.endAllOf(memberId, memberOf(request), askingOf(request)));
  }

  @Post('me/passkeys/options')
  @HttpCode(200)
  passkeyOptions(
    @Input(FreshBody) { password }: FreshBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyCreation> {
    keepPrivate(reply);
    return this.#passkeys.creationOptions(memberOf(request), { password, host: request.headers.host });
  }

  /** A passkey without a name is called after the browser in which it was made. */
  @Post('me/passkeys')
  @HttpCode(201)
  async addPasskey(
    @Input(PasskeyBody) body: PasskeyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Passkey> {
    const { host, 'user-agent': userAgent } = request.headers;
    const name = body.name ?? (deviceOf(userAgent) || 'Passkey');
    const wish = { passkey: body.passkey, name, host };
    const { passkey, position } = await this.#passkeys.add(memberOf(request), wish, askingOf(request));
    tellWritten(reply, position);
    return passkey;
  }

  @Delete('me/passkeys/:id')
  @HttpCode(204)
  async removePasskey(
    @Param('id') id: string,
    @Input(FreshBody) { password }: FreshBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const passkeyId = requireId(id, 'passkey_not_found');
    tellWritten(reply, await this.#passkeys.remove(memberOf(request), { passkeyId, password }, askingOf(request)));
  }
}
