import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, type Position, requireId } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { memberOf } from '../../access/request.ts';
import { isFresh } from '../../access/sign-in/fresh-sign-in.ts';
import { Passkeys } from '../../acts/passkeys.ts';
import { ProviderSignIn } from '../../acts/provider-sign-in.ts';
import { SecondFactors } from '../../acts/second-factors.ts';
import { GetWaysIn } from '../../views/ways-in/ways-in.query-types.ts';
import { type DoneAct, doneIn, pathDone } from '../shell/done.tsx';
import { checked, isFine, text } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import { pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import type { RefusedForm } from '../shell/refused-form.ts';
import { sendPage } from '../shell/send-page.ts';
import { RecoveryCodesPage, WaysInPage } from './ways-in-page.tsx';

const PATH = '/settings/sign-in';
const CODE = { code: text(TEXT_LIMITS.code) };

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Shown {
  readonly refused: RefusedForm | null;
  readonly done: DoneAct | null;
  readonly status: number;
  /** Whether the member has put off the second factor that it had begun to set up. */
  readonly isLater?: boolean;
}

/** The settings of how a member signs in. */
@Controller('settings/sign-in')
@UseInterceptors(ReadsOwnWrites)
export class WaysInPagesController {
  readonly #frames: Frames;
  readonly #factors: SecondFactors;
  readonly #passkeys: Passkeys;
  readonly #queries: QueryBus;
  readonly #address: PublicAddress;
  readonly #signIn: ProviderSignIn;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(SecondFactors) factors: SecondFactors,
    @Inject(Passkeys) passkeys: Passkeys,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(ProviderSignIn) signIn: ProviderSignIn,
  ) {
    this.#frames = frames;
    this.#factors = factors;
    this.#passkeys = passkeys;
    this.#queries = queries;
    this.#address = address;
    this.#signIn = signIn;
  }

  @Get()
  show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const isLater = textIn(query, 'later') === '1';
    return this.#send({ refused: null, done: doneIn(query), status: 200, isLater }, { request, reply });
  }

  @Post('second-factor')
  async offer(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#orAgain('factor', { request, reply }, async () => {
      const password = textIn(form, 'password');
      const { position } = await this.#factors.offer(memberOf(request), { password }, askingOf(request));
      reply.redirect(`${pathAfter(PATH, position)}#second-factor`, 303);
    });
  }

  /** The codes are in this answer alone: a reload asks for another code. */
  @Post('second-factor/confirm')
  async confirm(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const name = textIn(form, 'form') === 'codes' ? 'codes' : 'confirm';
    await this.#withCode(name, form, { request, reply }, async (code) => {
      const { recoveryCodes } = await this.#factors.confirm(memberOf(request), code, askingOf(request));
      const frame = this.#frames.of(request, PATH);
      await sendPage(h(RecoveryCodesPage, { frame, codes: recoveryCodes }), { request, reply });
    });
  }

  @Post('second-factor/off')
  async turnOff(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#withCode('off', form, { request, reply }, async (code) => {
      tellDone(reply, 'factorOff', await this.#factors.turnOff(memberOf(request), code, askingOf(request)));
    });
  }

  @Post('passkeys/:id/remove')
  async remove(
    @Param('id') passkeyId: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireId(passkeyId, 'passkey_not_found');
    await this.#orAgain(passkeyId, { request, reply }, async () => {
      const password = textIn(form, 'password');
      const position = await this.#passkeys.remove(memberOf(request), { passkeyId, password }, askingOf(request));
      tellDone(reply, 'passkeyRemoved', position);
    });
  }

  async #withCode(
    name: string,
    form: unknown,
    exchange: Exchange,
    work: (code: string) => Promise<void>,
  ): Promise<void> {
    const errors = checked(form, CODE, this.#frames.of(exchange.request).translator);
    const refused = { form: name, typed: {}, errors };
    if (!isFine(errors)) return this.#send({ refused, done: null, status: 400 }, exchange);
    await this.#orAgain(name, exchange, () => work(textIn(form, 'code')));
  }

  /** The page again where the forum says no. */
  async #orAgain(name: string, exchange: Exchange, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 404) throw error;
      const { translator } = this.#frames.of(exchange.request);
      const errors = fieldErrorsOf(error, translator, { password: 'field.password' });
      await this.#send({ refused: { form: name, typed: {}, errors }, done: null, status: error.status }, exchange);
    }
  }

  async #send({ refused, done, status, isLater = false }: Shown, { request, reply }: Exchange): Promise<void> {
    const principal = memberOf(request);
    const frame = this.#frames.of(request, PATH);
    const ways = await this.#queries.execute(new GetWaysIn(principal.memberId));
    const secret = ways.secondFactor === null && !isLater ? await this.#factors.offered(principal) : null;
    const offer = secret === null ? null : { secret, uri: this.#factors.uriOf(secret, principal) };
    const hasName = this.#address.relyingParty(request.headers.host) !== null;
    const localName = this.#address.localName(request.headers.host);
    const providers = await this.#signIn.waysOf(principal.memberId);
    const page = {
      frame,
      ways,
      providers,
      offer,
      asksPassword: !isFresh(principal),
      hasName,
      localName,
      refused,
      done,
    };
    await sendPage(h(WaysInPage, page), { request, reply, status });
  }
}

function tellDone(reply: FastifyReply, done: DoneAct, position: Position): void {
  reply.redirect(pathAfter(pathDone(PATH, done), position), 303);
}
