import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { KNOWN_PASSWORD_LIMITS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { Accounts } from '../../acts/accounts.ts';
import { OwnAccount } from '../../acts/own-account.ts';
import { Sanctioning } from '../../acts/sanctioning.ts';
import { GetSanctionsOf } from '../../views/sanctions/sanctions.query-types.ts';
import { pathDone } from '../shell/done.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, formText, isFine, password, text } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import type { RefusedForm } from '../shell/refused-form.ts';
import { sendPage } from '../shell/send-page.ts';
import { SettingsPage } from './account-pages.tsx';
import { AppealPage } from './appeal-page.tsx';

const APPEAL = {
  login: text(TEXT_LIMITS.login),
  password: password(KNOWN_PASSWORD_LIMITS),
  text: text(TEXT_LIMITS.appeal),
};

/** The ways in which members answer their own sanctions. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class OwnSanctionsPagesController {
  readonly #frames: Frames;
  readonly #accounts: Accounts;
  readonly #own: OwnAccount;
  readonly #sanctioning: Sanctioning;
  readonly #queries: QueryBus;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Accounts) accounts: Accounts,
    @Inject(OwnAccount) own: OwnAccount,
    @Inject(Sanctioning) sanctioning: Sanctioning,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#queries = queries;
    this.#frames = frames;
    this.#accounts = accounts;
    this.#own = own;
    this.#sanctioning = sanctioning;
  }

  @Post('settings/sanctions/:id/acknowledgement')
  async acknowledge(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const position = await this.#sanctioning.acknowledge(idIn(id), memberOf(request), askingOf(request));
    reply.redirect(pathAfter(pathDone('/settings', 'acknowledged'), position), 303);
  }

  @Post('settings/sanctions/:id/appeal')
  async appeal(
    @Param('id') id: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { translator } = this.#frames.of(request);
    const said = formText(form, 'text');
    const refuse = (errors: FieldErrors, status: number) =>
      this.#settings({ form: idIn(id), typed: { text: said }, errors }, status, { request, reply });
    const errors = checked(form, { text: APPEAL.text }, translator);
    if (!isFine(errors)) return refuse(errors, 400);
    try {
      const { position } = await this.#sanctioning.appeal(idIn(id), said, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(pathDone('/settings', 'appealed'), position), 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      await refuse(fieldErrorsOf(error, translator), error.status);
    }
  }

  @Get('appeal')
  appealForm(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send({ form: query, errors: {}, sent: textIn(query, 'sent') === '1', status: 200 }, request, reply);
  }

  @Post('appeal')
  async appealBan(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { translator } = this.#frames.of(request);
    const errors = checked(form, APPEAL, translator);
    if (!isFine(errors)) return this.#send({ form, errors, sent: false, status: 400 }, request, reply);
    try {
      const asking = askingOf(request);
      const login = { login: textIn(form, 'login').trim(), password: textIn(form, 'password') };
      const member = await this.#accounts.known(login, asking);
      const sanctionId = await this.#sanctioning.banOf(member.memberId);
      await this.#sanctioning.appeal(sanctionId, formText(form, 'text'), member, asking);
      reply.redirect('/appeal?sent=1', 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const refused = { form, errors: fieldErrorsOf(error, translator), sent: false, status: error.status };
      await this.#send(refused, request, reply);
    }
  }

  /** The settings again, with the refused appeal in its form. */
  async #settings(
    refusedForm: RefusedForm,
    status: number,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const { memberId, displayName, locale } = memberOf(request);
    const sanctions = await this.#queries.execute(new GetSanctionsOf(memberId, 'member'));
    const frame = this.#frames.of(request, '/settings');
    const page = h(SettingsPage, {
      frame,
      typed: { displayName, locale },
      errors: {},
      password: await this.#own.passwordStep(memberOf(request)),
      saved: null,
      sanctions,
      refusedForm,
    });
    await sendPage(page, { request, reply, status });
  }

  #send(
    given: { readonly form: unknown; readonly errors: FieldErrors; readonly sent: boolean; readonly status: number },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { form, errors, sent, status } = given;
    const frame = this.#frames.of(request, '/appeal');
    const typed = { login: textIn(form, 'login'), text: formText(form, 'text') };
    return sendPage(h(AppealPage, { frame, errors, sent, ...typed }), { request, reply, status });
  }
}

function idIn(id: string): string {
  if (isUuid(id)) return id;
  throw new DomainError('not_found', 'There is no such sanction.');
}
