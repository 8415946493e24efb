import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError } from '../../../libs/kernel/index.ts';
import { askingOf } from '../../access/asking.ts';
import { memberOf } from '../../access/request.ts';
import { isFresh } from '../../access/sign-in/fresh-sign-in.ts';
import { DiscoveredProviders } from '../../access/sign-in/oidc/discovered-providers.ts';
import { type KeptPerson, ProviderCookies } from '../../access/sign-in/oidc/provider-cookies.ts';
import { ProviderSignIn } from '../../acts/provider-sign-in.ts';
import { pathDone } from '../shell/done.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf } from '../shell/typed.ts';
import { ProviderPage } from './provider-pages.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Linking a provider to one's account, and unlinking it. Coming back from a provider links nothing by itself: the member
 * sees whom it would link and presses, so that no other page can make a browser link somebody else.
 */
@Controller('settings/providers/:name')
export class OwnProvidersController {
  readonly #frames: Frames;
  readonly #providers: DiscoveredProviders;
  readonly #cookies: ProviderCookies;
  readonly #signIn: ProviderSignIn;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(DiscoveredProviders) providers: DiscoveredProviders,
    @Inject(ProviderCookies) cookies: ProviderCookies,
    @Inject(ProviderSignIn) signIn: ProviderSignIn,
  ) {
    this.#frames = frames;
    this.#providers = providers;
    this.#cookies = cookies;
    this.#signIn = signIn;
  }

  @Get()
  async page(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#send(name, { errors: {} }, { request, reply });
  }

  @Post()
  async change(
    @Param('name') name: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.#providers.of(name);
    const member = memberOf(request);
    try {
      const person = this.#personOf(name, request);
      const password = textIn(form, 'password');
      if (textIn(form, 'act') === 'unlink') {
        await this.#signIn.unlink(member, { provider: name, password }, askingOf(request));
      } else if (person !== undefined) {
        const subject = { provider: name, subject: person.subject };
        await this.#signIn.link(member, { subject, password }, askingOf(request));
      } else throw notLinked();
      this.#cookies.forgetPerson(reply);
      reply.redirect(pathDone('/settings/sign-in', 'providersChanged'), 303);
    } catch (error) {
      const errors = fieldErrorsOf(error, this.#frames.of(request).translator, { password: 'field.password' });
      await this.#send(name, { errors, status: statusOf(error) }, { request, reply });
    }
  }

  /** The person at the provider whom this member, and nobody else, brought back to link. */
  #personOf(name: string, request: FastifyRequest): KeptPerson | undefined {
    const person = this.#cookies.person(request);
    return person?.provider === name && person.linksTo === memberOf(request).memberId ? person : undefined;
  }

  async #send(
    name: string,
    { errors, status = 200 }: { readonly errors: FieldErrors; readonly status?: number },
    { request, reply }: Exchange,
  ): Promise<void> {
    const provider = this.#providers.of(name);
    const person = this.#personOf(name, request);
    const isLinked = (await this.#signIn.waysOf(memberOf(request).memberId)).linked.includes(name);
    if (person === undefined && !isLinked) throw notLinked();
    const who = isLinked || person === undefined ? null : person.email || person.names[0] || person.subject;
    await sendPage(
      h(ProviderPage, {
        frame: this.#frames.of(request),
        provider,
        who,
        asksPassword: !isFresh(memberOf(request)),
        errors,
      }),
      {
        request,
        reply,
        status,
      },
    );
  }
}

function notLinked(): DomainError {
  return new DomainError('not_found', 'This provider is not linked.');
}
