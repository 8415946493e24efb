import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, deriveId, isUuid } from '../../../libs/kernel/index.ts';
import { KNOWN_PASSWORD_LIMITS, PASSWORD_LIMITS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { FormStamps } from '../../access/form-stamps.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { memberOf } from '../../access/request.ts';
import { KnownDevices } from '../../access/sign-in/known-devices.ts';
import { DiscoveredProviders } from '../../access/sign-in/oidc/discovered-providers.ts';
import { signInOriginOf } from '../../access/sign-in/origin.ts';
import { clearSessionCookie, setSessionCookie } from '../../access/sign-in/session-cookie.ts';
import { ToldLetters } from '../../access/sign-in/told-letters.ts';
import { Accounts } from '../../acts/accounts.ts';
import { Doors } from '../../acts/doors.ts';
import { Screening } from '../../acts/screening.ts';
import type { SignedIn } from '../../acts/session-opening.ts';
import { GetOwnMember } from '../../views/members/members.query-types.ts';
import { askedProof } from '../shell/asked-proof.ts';
import { doneIn, pathDone } from '../shell/done.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, email, handle, isFine, password, text, typedAgain } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import { ownPath, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { sentFormIn, stampFor } from '../shell/sent-form.ts';
import { statusOf, typedIn } from '../shell/typed.ts';
import { forgetVisits } from '../thread/visits.ts';
import { RegisterPage, SignedInPage, SignInPage, SignOutPage } from './account-pages.tsx';
import { CodePage } from './code-page.tsx';
import { RegisteredPage } from './registered-page.tsx';
import { withNext } from './with-next.ts';

const REGISTRATION = { displayName: text(TEXT_LIMITS.displayName), handle, email, password: password(PASSWORD_LIMITS) };
const CODE = { code: text(TEXT_LIMITS.code) };
const SIGN_IN = { login: text(TEXT_LIMITS.login), password: password(KNOWN_PASSWORD_LIMITS) };

/** Refusals of the second step after which the first one begins again. */
const STEP_OVER: readonly string[] = ['login_failed', 'sessions_ended', 'banned'];

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
interface Again {
  readonly form: unknown;
  readonly errors: FieldErrors;
  readonly status?: number;
  readonly isBanned?: boolean;
}

/** Where the rules cannot be asked now, the form's own faults are told alone. */
function noFaults(error: unknown): readonly DomainError[] {
  if (error instanceof DomainError) return [];
  throw error;
}

/** Registering, signing in and out. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class AccountPagesController {
  readonly #frames: Frames;
  readonly #accounts: Accounts;
  readonly #address: PublicAddress;
  readonly #devices: KnownDevices;
  readonly #providers: DiscoveredProviders;
  readonly #doors: Doors;
  readonly #queries: QueryBus;
  readonly #stamps: FormStamps;
  readonly #screening: Screening;
  readonly #letters: ToldLetters;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Accounts) accounts: Accounts,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(KnownDevices) devices: KnownDevices,
    @Inject(DiscoveredProviders) providers: DiscoveredProviders,
    @Inject(Doors) doors: Doors,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(FormStamps) stamps: FormStamps,
    @Inject(Screening) screening: Screening,
    @Inject(ToldLetters) letters: ToldLetters,
  ) {
    this.#frames = frames;
    this.#accounts = accounts;
    this.#address = address;
    this.#devices = devices;
    this.#providers = providers;
    this.#doors = doors;
    this.#queries = queries;
    this.#stamps = stamps;
    this.#screening = screening;
    this.#letters = letters;
  }

  /** Nothing that becomes part of the account comes from the address, which another may have written. */
  @Get('register')
  registerForm(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const led = { next: textIn(query, 'next'), invitation: textIn(query, 'invitation') };
    return this.#sendRegister({ form: led, errors: {} }, { request, reply });
  }

  /** The form carries an id, so that a second press of the button makes no second member. */
  @Post('register')
  async register(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { translator } = this.#frames.of(request);
    const errors = checked(form, REGISTRATION, translator);
    if (!isFine(errors)) return this.#refuseRegister(errors, form, { request, reply });
    const id = textIn(form, 'id');
    const asking = askingOf(request);
    const commandId = isUuid(id) ? deriveId('register-page', id) : asking.commandId;
    const invitation = textIn(form, 'invitation');
    const wish = {
      handle: textIn(form, 'handle').trim(),
      displayName: textIn(form, 'displayName').trim(),
      email: textIn(form, 'email').trim(),
      password: textIn(form, 'password'),
      locale: translator.locale,
      ...(invitation === '' ? {} : { invitation }),
    };
    try {
      const from = signInOriginOf(request, this.#devices);
      const entered = await this.#accounts.registerAndEnter(wish, { ...asking, commandId }, from, {
        form: sentFormIn(form),
        next: textIn(form, 'next'),
      });
      if ('ticket' in entered) return await this.#sendCode({ ...entered, form, errors: {} }, { request, reply });
      this.#devices.remember(request, reply, entered.member.id);
      setSessionCookie(reply, entered.session, this.#address);
      const mail =
        'isMailed' in entered
          ? { mail: this.#letters.tell(entered.member.id, entered.isMailed ? 'sent' : 'later') }
          : {};
      reply.redirect(withNext('/register/done', ownPath(textIn(form, 'next')), mail), 303);
    } catch (error) {
      const errors = typedAgain(fieldErrorsOf(error, translator), form, translator);
      await this.#sendRegister({ form, errors, status: statusOf(error) }, { request, reply });
    }
  }

  /** The form's own faults, with those that only the rules see. */
  async #refuseRegister(ofForm: FieldErrors, form: unknown, exchange: Exchange): Promise<void> {
    const { translator } = this.#frames.of(exchange.request);
    const fine = (name: string) => (ofForm[name] === undefined ? textIn(form, name).trim() : '');
    const looks = { handle: fine('handle'), displayName: fine('displayName'), email: fine('email') };
    const password = ofForm['password'] === undefined ? textIn(form, 'password') : null;
    const faults = await this.#accounts.faultsOf({ ...looks, password }, askingOf(exchange.request)).catch(noFaults);
    const seen = faults.flatMap((fault) => Object.entries(fieldErrorsOf(fault, translator)));
    const byRules = Object.fromEntries(seen.filter(([name]) => name !== ''));
    const errors = typedAgain({ ...byRules, ...ofForm }, form, translator);
    await this.#sendRegister({ form, errors, status: 400 }, exchange);
  }

  /** Where somebody who has just registered learns of the mail. */
  @Get('register/done')
  async registered(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const member = await this.#queries.execute(new GetOwnMember(memberOf(request).memberId));
    const frame = this.#frames.of(request, '/register/done');
    const mail = this.#letters.toldOf(member.id, textIn(query, 'mail'));
    const page = h(RegisteredPage, { frame, member, mail, next: ownPath(textIn(query, 'next')) });
    await sendPage(page, { request, reply });
  }

  @Get('sign-in')
  signInForm(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = this.#frames.of(request, '/sign-in');
    const { member } = frame;
    if (member !== null && textIn(query, 'other') === '' && doneIn(query) === null) {
      const page = h(SignedInPage, { frame, member, next: ownPath(textIn(query, 'next')) });
      return sendPage(page, { request, reply });
    }
    return this.#sendSignIn({ form: query, errors: {} }, { request, reply });
  }

  /** The password, or in the second step the code of a member with a second factor. */
  @Post('sign-in')
  async signIn(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const ticket = textIn(form, 'ticket');
    if (ticket !== '') return this.#secondStep(ticket, form, { request, reply });
    const { translator } = this.#frames.of(request);
    const errors = checked(form, SIGN_IN, translator);
    if (!isFine(errors)) return this.#sendSignIn({ form, errors, status: 400 }, { request, reply });
    try {
      const login = { login: textIn(form, 'login').trim(), password: textIn(form, 'password') };
      const entered = await this.#accounts.beginSignIn(login, signInOriginOf(request, this.#devices));
      if ('ticket' in entered) return await this.#sendCode({ ...entered, form, errors: {} }, { request, reply });
      this.#devices.remember(request, reply, entered.member.id);
      this.#enter(entered, form, reply);
    } catch (error) {
      await this.#refuseSignIn(error, form, { request, reply });
    }
  }

  async #secondStep(ticket: string, form: unknown, exchange: Exchange): Promise<void> {
    const { request, reply } = exchange;
    const { translator } = this.#frames.of(request);
    const errors = checked(form, CODE, translator);
    if (!isFine(errors)) return this.#sendCode({ ticket, form, errors, status: 400 }, exchange);
    try {
      const step = { ticket, code: textIn(form, 'code') };
      const signedIn = await this.#accounts.takeStep(step, signInOriginOf(request, this.#devices));
      this.#devices.remember(request, reply, signedIn.member.id);
      this.#enter(signedIn, form, reply);
    } catch (error) {
      const isOver = error instanceof DomainError && STEP_OVER.includes(error.code);
      if (isOver) return this.#refuseSignIn(error, form, exchange);
      const refused = { ticket, form, errors: fieldErrorsOf(error, translator), status: statusOf(error) };
      await this.#sendCode(refused, exchange);
    }
  }

  async #refuseSignIn(error: unknown, form: unknown, exchange: Exchange): Promise<void> {
    const { translator } = this.#frames.of(exchange.request);
    const isBanned = error instanceof DomainError && error.code === 'banned';
    const refused = { form, errors: fieldErrorsOf(error, translator), status: statusOf(error), isBanned };
    await this.#sendSignIn(refused, exchange);
  }

  @Get('sign-out')
  signOutForm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return sendPage(h(SignOutPage, { frame: this.#frames.of(request) }), { request, reply });
  }

  /** Signing out always succeeds, with or without a session. The page that follows removes what was typed and not sent. */
  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.principal !== null) await this.#accounts.signOut(memberOf(request), request.id);
    clearSessionCookie(reply, this.#address);
    forgetVisits(reply, this.#address);
    reply.redirect('/', 303);
  }

  /** Whoever has used up a recovery code sees how many are left. */
  #enter({ session, usedRecoveryCode = false }: SignedIn, form: unknown, reply: FastifyReply): void {
    setSessionCookie(reply, session, this.#address);
    const next = ownPath(textIn(form, 'next'));
    reply.redirect(usedRecoveryCode ? `${pathDone('/settings/sign-in', 'recoveryUsed')}#second-factor` : next, 303);
  }

  async #sendRegister({ form, errors, status = 200 }: Again, exchange: Exchange): Promise<void> {
    const { reply } = exchange;
    const typed = { ...typedIn(form, ['displayName', 'handle', 'email', 'id']) };
    const id = isUuid(typed['id']) ? typed['id'] : randomUUID();
    const frame = this.#frames.of(exchange.request, '/register');
    const invitation = textIn(form, 'invitation').slice(0, TEXT_LIMITS.invitation.max);
    const { registration } = await this.#doors.facts();
    const invited = invitation === '' ? null : await this.#doors.invited(invitation);
    const page = h(RegisterPage, {
      frame,
      typed: { ...typed, email: typed['email'] || (invited?.email ?? ''), id, invitation },
      stamp: stampFor(form, this.#stamps),
      proof: invitation === '' ? await askedProof(this.#screening, frame) : null,
      errors,
      next: ownPath(textIn(form, 'next')),
      registration,
      invited,
      providers: this.#providers.providers,
    });
    reply.header('referrer-policy', 'no-referrer');
    return sendPage(page, { ...exchange, status });
  }

  #sendCode(
    { ticket, form, errors, status = 200 }: Again & { readonly ticket: string },
    exchange: Exchange,
  ): Promise<void> {
    const frame = this.#frames.of(exchange.request, '/sign-in');
    const page = h(CodePage, { frame, errors, ticket, next: ownPath(textIn(form, 'next')) });
    return sendPage(page, { ...exchange, status });
  }

  #sendSignIn({ form, errors, status = 200, isBanned = false }: Again, exchange: Exchange): Promise<void> {
    const frame = this.#frames.of(exchange.request, '/sign-in');
    const page = h(SignInPage, {
      frame,
      typed: typedIn(form, ['login']),
      errors,
      next: ownPath(textIn(form, 'next')),
      isBanned,
      hasName: this.#address.relyingParty(exchange.request.headers.host) !== null,
      done: doneIn(form),
      providers: this.#providers.providers,
    });
    return sendPage(page, { ...exchange, status });
  }
}
