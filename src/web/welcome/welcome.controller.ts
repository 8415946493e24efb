import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { deriveId, isUuid } from '../../../libs/kernel/index.ts';
import { PASSWORD_LIMITS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { Founding } from '../../access/founding.ts';
import { networkOf } from '../../access/network.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { KnownDevices } from '../../access/sign-in/known-devices.ts';
import { signInOriginOf } from '../../access/sign-in/origin.ts';
import { setSessionCookie } from '../../access/sign-in/session-cookie.ts';
import { FoundingForum } from '../../acts/founding-forum.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, email, handle, isFine, password, text, typedAgain } from '../shell/form-checks.ts';
import { mayAdminister } from '../shell/frame.ts';
import { Frames } from '../shell/frames.ts';
import { isLocale, type Locale } from '../shell/i18n/locales.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf, typedIn } from '../shell/typed.ts';
import { ChoicePage, WelcomePage } from './welcome-page.tsx';

const CHECKS = {
  founderCode: text({ min: 1, max: 100 }),
  siteName: text(TEXT_LIMITS.siteName),
  locale: (value: string, { t }: Translator) => (value === '' || isLocale(value) ? null : t('field.invalid')),
  displayName: text(TEXT_LIMITS.displayName),
  handle,
  email,
  password: password(PASSWORD_LIMITS),
};
const CODE_WORDS = { founderCode: 'welcome.wrongCode' } as const;
const KEPT = ['founderCode', 'siteName', 'locale', 'displayName', 'handle', 'email', 'id'];

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The first run: a forum without members shows this page in place of every other one. */
@Controller('welcome')
@UseInterceptors(ReadsOwnWrites)
export class WelcomeController {
  readonly #frames: Frames;
  readonly #founding: Founding;
  readonly #forum: FoundingForum;
  readonly #address: PublicAddress;
  readonly #devices: KnownDevices;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Founding) founding: Founding,
    @Inject(FoundingForum) forum: FoundingForum,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(KnownDevices) devices: KnownDevices,
  ) {
    this.#frames = frames;
    this.#founding = founding;
    this.#forum = forum;
    this.#address = address;
    this.#devices = devices;
  }

  /** Afterwards it tells admins what to begin with; nobody else has anything to do here. */
  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.#founding.isNeeded) return this.#send({ form: null, errors: {}, status: 200 }, { request, reply });
    const frame = this.#frames.of(request, '/welcome');
    if (!mayAdminister(frame.member)) return void reply.redirect('/', 303);
    await sendPage(h(ChoicePage, { frame }), { request, reply });
  }

  /** The form carries an id, so that a second press of the button makes no second member. */
  @Post()
  async found(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.#founding.isNeeded) return void reply.redirect('/welcome', 303);
    const { translator } = this.#frames.of(request);
    const errors = checked(form, CHECKS, translator);
    if (!isFine(errors)) {
      const all = typedAgain({ ...(await this.#codeFault(form, request)), ...errors }, form, translator);
      return this.#send({ form, errors: all, status: 400 }, { request, reply });
    }
    const locale = textIn(form, 'locale');
    const id = textIn(form, 'id');
    const asking = askingOf(request);
    const wish = {
      founderCode: textIn(form, 'founderCode'),
      siteName: textIn(form, 'siteName').trim(),
      displayName: textIn(form, 'displayName').trim(),
      handle: textIn(form, 'handle').trim(),
      email: textIn(form, 'email').trim(),
      password: textIn(form, 'password'),
      locale: isLocale(locale) ? locale : this.#localeOf(request),
    };
    try {
      const commandId = isUuid(id) ? deriveId('welcome-page', id) : asking.commandId;
      const from = signInOriginOf(request, this.#devices);
      const entered = await this.#forum.found(wish, { ...asking, commandId }, from);
      if ('ticket' in entered) return void reply.redirect('/sign-in', 303);
      setSessionCookie(reply, entered.session, this.#address);
      reply.redirect('/welcome', 303);
    } catch (error) {
      const refused = typedAgain(fieldErrorsOf(error, translator, CODE_WORDS), form, translator);
      await this.#send({ form, errors: refused, status: statusOf(error) }, { request, reply });
    }
  }

  /** The language in which the page is read, as in registering. */
  #localeOf(request: FastifyRequest): Locale {
    const { locale } = this.#frames.of(request, '/welcome').translator;
    return isLocale(locale) ? locale : this.#frames.of(request).site.defaultLocale;
  }

  /** The code is tried with the other fields, so that all that is wrong is told at once. */
  async #codeFault(form: unknown, request: FastifyRequest): Promise<FieldErrors> {
    const { translator } = this.#frames.of(request);
    try {
      await this.#founding.check(textIn(form, 'founderCode'), networkOf(askingOf(request).address));
      return {};
    } catch (error) {
      return fieldErrorsOf(error, translator, CODE_WORDS);
    }
  }

  #send(
    { form, errors, status }: { readonly form: unknown; readonly errors: FieldErrors; readonly status: number },
    { request, reply }: Exchange,
  ): Promise<void> {
    const frame = this.#frames.of(request, '/welcome');
    const typed = typedIn(form, KEPT);
    const id = isUuid(typed['id']) ? typed['id'] : randomUUID();
    const locale = isLocale(typed['locale']) ? typed['locale'] : this.#localeOf(request);
    const page = h(WelcomePage, { frame, typed: { ...typed, id, locale }, errors });
    return sendPage(page, { request, reply, status });
  }
}
