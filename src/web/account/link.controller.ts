import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FunctionComponent, h } from 'preact';
import { DomainError, deriveId, isUuid } from '../../../libs/kernel/index.ts';
import { PASSWORD_LIMITS } from '../../../libs/words/index.ts';
import { type Asking, askingOf } from '../../access/asking.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { KnownDevices } from '../../access/sign-in/known-devices.ts';
import { LinkPresses } from '../../access/sign-in/link-presses.ts';
import { signInOriginOf } from '../../access/sign-in/origin.ts';
import { setSessionCookie } from '../../access/sign-in/session-cookie.ts';
import { AccountLinks, type ConfirmedAddress } from '../../acts/account-links.ts';
import { ClaimingComments } from '../../acts/claiming-comments.ts';
import { GuestCommenting, type SeenGuestComment } from '../../acts/guest-commenting.ts';
import { Subscribing } from '../../acts/subscribing.ts';
import { NEWSLETTER_PATH } from '../shell/addresses.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, isFine, password } from '../shell/form-checks.ts';
import { Frames } from '../shell/frames.ts';
import type { MessageKey } from '../shell/i18n/translate.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsNotices } from '../shell/reads-own-writes.ts';
import { reasonOf } from '../shell/refusal-messages.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import { secretAddress } from '../shell/secret-address.ts';
import { sendPage } from '../shell/send-page.ts';
import { ConfirmedGuestPage, ConfirmGuestPage } from './guest-link-pages.tsx';
import {
  ConfirmedPage,
  ConfirmPage,
  type LinkPageProps,
  RefusedLinkPage,
  ResetPage,
  SignInByLinkPage,
  UsedLinkPage,
} from './link-pages.tsx';
import { ConfirmSubscriptionPage } from './subscription-page.tsx';
import { withNext } from './with-next.ts';

const PASSWORD = { password: password(PASSWORD_LIMITS) };

/** The links of one kind: their page before the press, and where another one is asked for. */
interface LinkKind {
  readonly path: '/reset/' | '/confirm/' | '/sign-in/link/';
  readonly purposes: Parameters<AccountLinks['see']>[1];
  readonly page: FunctionComponent<LinkPageProps>;
  readonly title: MessageKey;
  readonly again: string;
}
const RESET: LinkKind = {
  path: '/reset/',
  purposes: ['reset', 'way-back'],
  page: ResetPage,
  title: 'reset.title',
  again: '/forgot',
};
const CONFIRM: LinkKind = {
  path: '/confirm/',
  purposes: ['confirm', 'change-email'],
  page: ConfirmPage,
  title: 'confirm.title',
  again: '/settings',
};
const GUEST: LinkKind = { ...CONFIRM, title: 'confirm.guest.title', again: '/' };
const NEWSLETTER: LinkKind = { ...CONFIRM, title: 'newsletter.title', again: NEWSLETTER_PATH };
const SIGN_IN: LinkKind = {
  path: '/sign-in/link/',
  purposes: ['sign-in'],
  page: SignInByLinkPage,
  title: 'signIn.title',
  again: '/sign-in/link',
};

/** One request to the page of a link. */
interface Opened {
  readonly kind: LinkKind;
  readonly token: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * The pages that links in mails lead to. Opening one changes nothing. No page of theirs is found by search engines or
 * named to another site.
 */
@Controller()
@UseInterceptors(ReadsNotices)
export class LinkPagesController {
  readonly #frames: Frames;
  readonly #links: AccountLinks;
  readonly #guests: GuestCommenting;
  readonly #subscribing: Subscribing;
  readonly #claiming: ClaimingComments;
  readonly #address: PublicAddress;
  readonly #devices: KnownDevices;
  readonly #presses: LinkPresses;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(AccountLinks) links: AccountLinks,
    @Inject(GuestCommenting) guests: GuestCommenting,
    @Inject(Subscribing) subscribing: Subscribing,
    @Inject(ClaimingComments) claiming: ClaimingComments,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(KnownDevices) devices: KnownDevices,
    @Inject(LinkPresses) presses: LinkPresses,
  ) {
    this.#frames = frames;
    this.#links = links;
    this.#guests = guests;
    this.#subscribing = subscribing;
    this.#claiming = claiming;
    this.#address = address;
    this.#devices = devices;
    this.#presses = presses;
  }

  @Get('reset/:token')
  resetForm(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#show({ kind: RESET, token, request, reply });
  }

  @Post('reset/:token')
  async reset(
    @Param('token') token: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = { kind: RESET, token, request, reply };
    const { translator } = this.#frames.of(request);
    const errors = checked(form, PASSWORD, translator);
    if (!isFine(errors)) return this.#show(opened, errors, 400);
    try {
      await this.#links.reset(token, textIn(form, 'password'), pressed(form, request));
      reply.headers(this.#keptSecret(request)).redirect(pathReset(form, await this.#links.nextOf(token)), 303);
    } catch (error) {
      if (!isOfPassword(error)) return this.#refuse(opened, error);
      await this.#show(opened, fieldErrorsOf(error, translator), error.status);
    }
  }

  @Get('confirm/:token')
  async confirmForm(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.#guests.isOfGuest(token)) return this.#ofGuest(token, { request, reply });
    if (await this.#subscribing.isOfSubscriber(token)) return this.#ofSubscriber(token, { request, reply });
    return this.#show({ kind: CONFIRM, token, request, reply });
  }

  @Post('confirm/:token')
  async confirm(
    @Param('token') token: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.#guests.isOfGuest(token)) return this.#ofGuest(token, { request, reply }, pressed(form, request));
    if (await this.#subscribing.isOfSubscriber(token)) {
      return this.#ofSubscriber(token, { request, reply }, pressed(form, request));
    }
    try {
      await this.#sendConfirmed(await this.#links.confirm(token, pressed(form, request)), { request, reply });
    } catch (error) {
      await this.#refuse({ kind: CONFIRM, token, request, reply }, error);
    }
  }

  @Get('sign-in/link/:token')
  signInForm(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#show({ kind: SIGN_IN, token, request, reply });
  }

  @Post('sign-in/link/:token')
  async signIn(
    @Param('token') token: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const code = textIn(form, 'code').trim();
      const from = signInOriginOf(request, this.#devices);
      const asking = pressed(form, request);
      const shownAt = this.#presses.shownAt(request, textIn(form, 'id'));
      const wish = { code: code === '' ? undefined : code, from, asking, shownAt };
      const signedIn = await this.#links.signIn(token, wish);
      const { session, next } = signedIn;
      setSessionCookie(reply, session, this.#address);
      reply.headers(this.#keptSecret(request)).redirect(next, 303);
    } catch (error) {
      const opened = { kind: SIGN_IN, token, request, reply };
      if (!isOfCode(error)) return this.#refuse(opened, error);
      await this.#show(opened, { code: reasonOf(error, this.#frames.of(request).translator) }, error.status);
    }
  }

  /** The comment of a guest, before and after the press (`asking`); one that was confirmed before is told the same. */
  async #ofGuest(
    token: string,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    asking?: Asking,
  ): Promise<void> {
    const path = `/confirm/${encodeURIComponent(token)}`;
    const frame = this.#frames.of(request, path);
    reply.headers(this.#keptSecret(request));
    let post: SeenGuestComment['post'] = null;
    try {
      if (asking === undefined) {
        const seen = await this.#guests.see(token, askingOf(request));
        return await sendPage(h(ConfirmGuestPage, { frame, path, id: randomUUID(), seen }), { request, reply });
      }
      post = await this.#guests.confirm(token, asking);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code !== 'link_used') {
        return this.#refuse({ kind: GUEST, token, request, reply }, error);
      }
    }
    await sendPage(h(ConfirmedGuestPage, { frame, post }), { request, reply });
  }

  /** The newsletter that somebody asked for at an address, before and after the press (`asking`). */
  async #ofSubscriber(
    token: string,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    asking?: Asking,
  ): Promise<void> {
    const path = `/confirm/${encodeURIComponent(token)}`;
    const frame = this.#frames.of(request, path);
    let email: string | null = null;
    try {
      if (asking === undefined) email = await this.#subscribing.see(token, askingOf(request));
      else await this.#subscribing.confirm(token, asking);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'link_used') {
        return this.#refuse({ kind: NEWSLETTER, token, request, reply }, error);
      }
    }
    reply.headers(this.#keptSecret(request));
    await sendPage(h(ConfirmSubscriptionPage, { frame, path, email }), { request, reply });
  }

  #keptSecret({ host }: FastifyRequest): Readonly<Record<string, string>> {
    return secretAddress(this.#address, host);
  }

  async #show(opened: Opened, errors: FieldErrors = {}, status = 200): Promise<void> {
    const { kind, token, request, reply } = opened;
    const path = `${kind.path}${encodeURIComponent(token)}`;
    try {
      const seen = await this.#links.see(token, kind.purposes, askingOf(request));
      const id = randomUUID();
      if (kind === SIGN_IN) this.#presses.keep(reply, id);
      const props = { frame: this.#frames.of(request, path), path, id, seen, errors };
      await sendPage(h(kind.page, props), { request, reply: reply.headers(this.#keptSecret(request)), status });
    } catch (error) {
      await this.#refuse(opened, error);
    }
  }

  async #sendConfirmed(confirmed: ConfirmedAddress, { request, reply }: Pick<Opened, 'request' | 'reply'>) {
    const frame = this.#frames.of(request, '/settings');
    const earlier = await this.#claiming.waitingFor(confirmed.memberId);
    const page = h(ConfirmedPage, { frame, confirmed, earlier });
    await sendPage(page, { request, reply: reply.headers(this.#keptSecret(request)) });
  }

  async #refuse({ kind, token, request, reply }: Opened, error: unknown): Promise<void> {
    if (!(error instanceof DomainError)) throw error;
    const isOver = error.code === 'link_used' || error.code === 'link_expired';
    const confirmed = kind === CONFIRM && isOver ? await this.#links.confirmedBy(token) : null;
    const isAsked = kind === RESET || kind === SIGN_IN;
    const again = isOver && isAsked ? withNext(kind.again, await this.#links.nextOf(token)) : kind.again;
    const frame = this.#frames.of(request, again);
    if (confirmed !== null && frame.member?.id === confirmed.memberId)
      return this.#sendConfirmed(confirmed, { request, reply });
    if (confirmed !== null)
      return sendPage(h(UsedLinkPage, { frame }), { request, reply: reply.headers(this.#keptSecret(request)) });
    const isName = error.errors.some(({ field }) => field === 'guest.name');
    const reason = isName ? frame.translator.t('form.guest.nameTaken') : reasonOf(error, frame.translator);
    // A link that ran out long ago is forgotten, so it is told the same as one that never was.
    const mayBeDone = kind === CONFIRM && error.code === 'link_not_found';
    const page = h(RefusedLinkPage, { frame, title: kind.title, reason, again, mayBeDone });
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
    await sendPage(page, { request, reply: reply.headers(this.#keptSecret(request)), status: error.status });
  }
}

/** Whoever took the account back is led to the list of the ways to sign in that remain, others to where they came from. */
function pathReset(form: unknown, next: string): string {
  if (textIn(form, 'back') !== '1') return withNext('/sign-in', next, { done: 'reset' });
  return withNext('/sign-in', '/settings/sign-in', { done: 'takenBack' });
}

/** A second press of the same button is a repeat of the first. */
function pressed(form: unknown, request: FastifyRequest): Asking {
  const asking = askingOf(request);
  const id = textIn(form, 'id');
  return isUuid(id) ? { ...asking, commandId: deriveId('link-page', request.routeOptions.url ?? '', id) } : asking;
}

function isOfCode(error: unknown): error is DomainError {
  return error instanceof DomainError && /^second_factor_/.test(error.code);
}

function isOfPassword(error: unknown): error is DomainError {
  return error instanceof DomainError && error.errors.some(({ field }) => field === 'password');
}
