import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { type Asking, askingOf } from '../../access/asking.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { isAhead } from '../../access/request.ts';
import { CodeFlow, type Person } from '../../access/sign-in/oidc/code-flow.ts';
import { DiscoveredProviders } from '../../access/sign-in/oidc/discovered-providers.ts';
import { type KeptErrand, type KeptPerson, ProviderCookies } from '../../access/sign-in/oidc/provider-cookies.ts';
import { UnderWay } from '../../access/sign-in/oidc/under-way.ts';
import { setSessionCookie } from '../../access/sign-in/session-cookie.ts';
import { ProviderSignIn } from '../../acts/provider-sign-in.ts';
import type { SignedIn } from '../../acts/session-opening.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, handle, isFine, text } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import { ownPath, textIn } from '../shell/paths.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf, type Typed, typedIn } from '../shell/typed.ts';
import { SignInPage } from './account-pages.tsx';
import { NewcomerPage } from './provider-pages.tsx';
import { withNext } from './with-next.ts';

/** What is refused to somebody whose coming has opened its session before. */
const ARRIVAL_OVER: readonly string[] = ['login_failed', 'sessions_ended'];
const NEWCOMER = { displayName: text(TEXT_LIMITS.displayName), handle };

/** What an answer of a provider comes to, and what the browser is given for it. */
interface Coming {
  readonly place: string;
  readonly signedIn: SignedIn | null;
  readonly person: KeptPerson | null;
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Signing in by a provider: to it, back from it, and the questions to somebody new. */
@Controller('sign-in/oidc/:name')
export class ProviderController {
  readonly #frames: Frames;
  readonly #flow: CodeFlow;
  readonly #providers: DiscoveredProviders;
  readonly #cookies: ProviderCookies;
  readonly #signIn: ProviderSignIn;
  readonly #address: PublicAddress;
  readonly #comings = new UnderWay<Coming>();

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(CodeFlow) flow: CodeFlow,
    @Inject(DiscoveredProviders) providers: DiscoveredProviders,
    @Inject(ProviderCookies) cookies: ProviderCookies,
    @Inject(ProviderSignIn) signIn: ProviderSignIn,
    @Inject(PublicAddress) address: PublicAddress,
  ) {
    this.#frames = frames;
    this.#flow = flow;
    this.#providers = providers;
    this.#cookies = cookies;
    this.#signIn = signIn;
    this.#address = address;
  }

  @Get()
  async begin(
    @Param('name') name: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const next = ownPath(textIn(query, 'next'));
    try {
      const { url, errand } = await this.#flow.begin(name);
      const linksTo = textIn(query, 'link') === '1' ? (request.principal?.memberId ?? '') : '';
      const invitation = textIn(query, 'invitation').slice(0, TEXT_LIMITS.login.max);
      this.#cookies.keepErrand(reply, { ...errand, next, invitation, linksTo });
      reply.header('cache-control', 'no-store').redirect(url.href, 303);
    } catch (error) {
      await this.#sendRefused(error, name, next, { request, reply });
    }
  }

  /**
   * What came back is taken out of the address at once, so that it stays in no history and no reload repeats it. What this
   * browser brings twice within a moment is one answer; what answers no sign-in of this browser leaves that one under way.
   */
  @Get('callback')
  async back(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.method === 'HEAD' || isAhead(request))
      return void reply.header('cache-control', 'no-store').code(503).send();
    const kept = this.#cookies.errand(request);
    const query = searchOf(request.url);
    try {
      const errand = this.#flow.begun(name, kept, query);
      this.#cookies.forgetErrand(reply);
      const coming = await this.#comings.share(JSON.stringify([name, errand.state]), async () => {
        const asking = askingOf(request);
        await this.#signIn.useUp(errand, asking);
        return this.#comingOf(await this.#flow.finish(query, errand), errand, asking);
      });
      if (coming.signedIn !== null) this.#enter(coming.signedIn, reply);
      if (coming.person !== null) this.#cookies.keepPerson(reply, coming.person);
      reply.redirect(coming.place, 303);
    } catch (error) {
      await this.#sendRefused(error, name, kept?.next ?? '/', { request, reply });
    }
  }

  @Get('new')
  async form(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const person = this.#personOf(name, request);
    const displayName = person.displayName || (person.names[0] ?? '');
    const handle = await this.#signIn.handleFor(person.names);
    await this.#sendForm(person, { typed: { displayName, handle }, errors: {} }, { request, reply });
  }

  @Post('new')
  async register(
    @Param('name') name: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { translator } = this.#frames.of(request);
    const person = this.#personOf(name, request);
    const typed = typedIn(form, ['displayName', 'handle']);
    const errors = checked(form, NEWCOMER, translator);
    if (!isFine(errors)) return this.#sendForm(person, { typed, errors, status: 400 }, { request, reply });
    try {
      const { provider, subject, names, invitation, arrivalId } = person;
      const wish = {
        subject: { provider, subject },
        names,
        email: person.email === '' ? null : person.email,
        displayName: textIn(form, 'displayName').trim(),
        handle: textIn(form, 'handle').trim(),
        invitation: invitation === '' ? null : invitation,
        arrivalId,
      };
      const signedIn = await this.#signIn.register(wish, { locale: translator.locale, asking: askingOf(request) });
      this.#cookies.forgetPerson(reply);
      this.#enter(signedIn, reply);
      const next = ownPath(person.next);
      reply.redirect(signedIn.member.state === 'waiting' ? withNext('/register/done', next) : next, 303);
    } catch (error) {
      if (error instanceof DomainError && ARRIVAL_OVER.includes(error.code)) {
        this.#cookies.forgetPerson(reply);
        return this.#sendRefused(error, name, person.next, { request, reply });
      }
      const refused = { typed, errors: fieldErrorsOf(error, translator), status: statusOf(error) };
      const { retryAfterSeconds } = error instanceof DomainError ? error : {};
      if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
      await this.#sendForm(person, refused, { request, reply });
    }
  }

  /** The page that follows: the one that was asked for, or a question. */
  async #comingOf(person: Person, errand: KeptErrand, asking: Asking): Promise<Coming> {
    const { next, invitation, linksTo } = errand;
    const { provider, subject, names } = person;
    const texts = { displayName: person.displayName ?? '', email: person.email ?? '', next, invitation, linksTo };
    const kept = { provider: provider.name, subject, names, ...texts, arrivalId: randomUUID() };
    if (linksTo !== '') return { place: `/settings/providers/${provider.name}`, signedIn: null, person: kept };
    const arrived = await this.#signIn.arrive(person, { invitation: invitation === '' ? null : invitation, asking });
    if ('signedIn' in arrived) return { place: ownPath(next), signedIn: arrived.signedIn, person: null };
    return { place: `/sign-in/oidc/${provider.name}/new`, signedIn: null, person: kept };
  }

  #enter({ session }: SignedIn, reply: FastifyReply): void {
    setSessionCookie(reply, session, this.#address);
  }

  /** Throws DomainError not_found when this browser brings nobody, or somebody who only wants to link. */
  #personOf(name: string, request: FastifyRequest): KeptPerson {
    const person = this.#cookies.person(request);
    const isFor = person?.provider === this.#providers.of(name).name && person.linksTo === '';
    if (person !== undefined && isFor && person.arrivalId !== '') return person;
    throw new DomainError('not_found', 'Nobody waits here to register. Begin again with signing in.');
  }

  #sendForm(
    person: KeptPerson,
    { typed, errors, status = 200 }: { readonly typed: Typed; readonly errors: FieldErrors; readonly status?: number },
    { request, reply }: Exchange,
  ): Promise<void> {
    const frame = this.#frames.of(request, `/sign-in/oidc/${person.provider}/new`);
    const provider = this.#providers.of(person.provider);
    const email = person.email === '' ? null : person.email;
    return sendPage(h(NewcomerPage, { frame, provider, email, typed, errors }), { request, reply, status });
  }

  /** A failed sign-in ends where other ways to sign in are. */
  async #sendRefused(error: unknown, name: string, next: string, { request, reply }: Exchange): Promise<void> {
    if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
    const frame = this.#frames.of(request, '/sign-in');
    const { t } = frame.translator;
    const provider = this.#providers.of(name);
    const isFailed = error.code === 'login_failed';
    const told = isFailed ? 'provider.failed' : error.code === 'provider_unavailable' ? 'provider.unavailable' : null;
    const errors: FieldErrors =
      told === null ? fieldErrorsOf(error, frame.translator) : { '': t(told, { name: provider.label }) };
    const page = h(SignInPage, {
      frame,
      typed: {},
      done: null,
      errors,
      next: ownPath(next),
      isBanned: error.code === 'banned',
      hasName: this.#address.relyingParty(request.headers.host) !== null,
      providers: this.#providers.providers,
    });
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
    await sendPage(page, { request, reply, status: isFailed ? 400 : error.status });
  }
}

function searchOf(url: string): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at);
}
