import { Controller, HttpCode, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { AccountLinks } from '../../../acts/account-links.ts';
import { Input } from '../../input/input.ts';
import { NewPasswordBody, PasswordResetBody, SignInLinkBody } from '../dto/links.ts';
import { tellWritten } from './answers.ts';

/** What mails with links are asked for by, and a password that such a link lets one choose. */
@Controller('api/v1')
export class LinksController {
  readonly #links: AccountLinks;

  constructor(@Inject(AccountLinks) links: AccountLinks) {
    this.#links = links;
  }

  @Post('members/me/confirmations')
  @HttpCode(202)
  async confirmation(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    tellWritten(reply, await this.#links.askConfirmation(memberOf(request), askingOf(request)));
  }

  @Post('password-resets')
  @HttpCode(202)
  async passwordReset(
    @Input(PasswordResetBody) { email }: PasswordResetBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    tellWritten(reply, await this.#links.ask({ purpose: 'reset', email }, askingOf(request)));
  }

  @Put('password-resets/:token')
  @HttpCode(204)
  async newPassword(
    @Param('token') token: string,
    @Input(NewPasswordBody) { password }: NewPasswordBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    tellWritten(reply, await this.#links.reset(token, password, askingOf(request)));
  }

  @Post('sign-in-links')
  @HttpCode(202)
  async signInLink(
    @Input(SignInLinkBody) { email, next }: SignInLinkBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    tellWritten(reply, await this.#links.ask({ purpose: 'sign-in', email, next }, askingOf(request)));
  }
}
