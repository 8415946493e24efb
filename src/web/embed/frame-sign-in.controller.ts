import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { askingOf } from '../../access/asking.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { memberOf } from '../../access/request.ts';
import { Banned } from '../../access/sign-in/banned.ts';
import { clearSessionCookie, setFrameCookie } from '../../access/sign-in/session-cookie.ts';
import { Sessions } from '../../access/sign-in/sessions.ts';
import { Accounts } from '../../acts/accounts.ts';
import { FrameSessions } from '../../acts/frame-sessions.ts';
import type { SignedIn } from '../../acts/session-opening.ts';
import { SsoSignIn } from '../../acts/sso-sign-in.ts';
import { FRAME, frameAddressOf, frameIn, framePath } from '../shell/frame-address.ts';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { reasonOf } from '../shell/refusal-messages.ts';
import { sendPage } from '../shell/send-page.ts';
import type { ToldBan } from './frame-messages.ts';
import { ConfirmFramePage, HandOverPage } from './frame-sign-in-pages.tsx';

/** How a frame on another site's page gets a session of its own, where browsers keep back the forum's cookie. */
@Controller('embed')
@UseInterceptors(ReadsOwnWrites)
export class FrameSignInController {
  readonly #sessions: FrameSessions;
  readonly #sso: SsoSignIn;
  readonly #accounts: Accounts;
  readonly #address: PublicAddress;
  readonly #frames: Frames;
  readonly #tokens: Sessions;

  constructor(
    @Inject(FrameSessions) sessions: FrameSessions,
    @Inject(SsoSignIn) sso: SsoSignIn,
    @Inject(Accounts) accounts: Accounts,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(Frames) frames: Frames,
    @Inject(Sessions) tokens: Sessions,
  ) {
    this.#sessions = sessions;
    this.#sso = sso;
    this.#accounts = accounts;
    this.#address = address;
    this.#frames = frames;
    this.#tokens = tokens;
  }

  /** In a window that the frame opened; whoever is not signed in comes here by the way of all who sign in. */
  @Get('sign-in')
  async confirm(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [host, challenge] = [textIn(query, 'host'), textIn(query, 'challenge')];
    this.#sessions.requireHost(host, challenge);
    const page = h(ConfirmFramePage, { frame: this.#frames.of(request), host, challenge });
    await sendPage(page, { request, reply });
  }

  @Post('sign-in')
  async handOver(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [host, challenge] = [textIn(form, 'host'), textIn(form, 'challenge')];
    const code = await this.#sessions.codeFor(memberOf(request), host, challenge);
    const page = h(HandOverPage, { frame: this.#frames.of(request, '/'), host, given: { code, challenge } });
    await sendPage(page, { request, reply });
  }

  /**
   * The frame brings the code that it was handed, or a token of the blog around it. The session of another member there
   * ends. The answer names who is signed in: another tab of the browser may sign somebody in at the same time.
   */
  @Post('sessions')
  async enter(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const former = request.principal;
    const signedIn = await this.#signedIn(form, request).catch(async (error: unknown) => {
      if (!(error instanceof Banned)) throw error;
      const isReplaced = former?.framed && former.memberId !== error.memberId && !isOfSibling(error, request);
      if (isReplaced) await this.#accounts.signOut(former, request.id);
      this.#tellBan(error, form, { request, reply });
    });
    if (!signedIn) return;
    const { session, member } = signedIn;
    if (former?.framed && former.memberId !== member.id) await this.#accounts.signOut(former, request.id);
    setFrameCookie(reply, session, this.#address);
    reply.headers({ 'cache-control': 'no-store', 'colloquy-as': member.id }).code(204).send();
  }

  /** In words, which the frame has not; its own later pages know of the ban by a note in place of the session. */
  #tellBan(
    error: Banned,
    form: unknown,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): void {
    const { sessionRefusal: before } = request;
    const isOne = before instanceof Banned && before.memberId === error.memberId;
    const isKnown = isOne && before.framed?.site === error.framed?.site;
    if (this.#address.isSecure && !isKnown && !isOfSibling(error, request))
      setFrameCookie(reply, this.#tokens.noteOfBan(error, new Date()), this.#address);
    const { translator } = this.#frames.of(request, frameIn(form));
    const told: ToldBan = {
      code: 'banned',
      reason: reasonOf(error, translator),
      appeal: translator.t('appeal.title'),
    };
    reply.header('cache-control', 'no-store').code(error.status).send(told);
  }

  async #signedIn(form: unknown, request: FastifyRequest): Promise<SignedIn> {
    const [sso, url] = [textIn(form, 'sso'), textIn(form, 'url')];
    if (sso !== '') return this.#sso.signIn(sso, askingOf(request), this.#sessions.siteOf(url));
    const [code, verifier] = [textIn(form, 'code'), textIn(form, 'verifier')];
    return this.#sessions.open({ code, verifier, url }, askingOf(request));
  }

  /** Ends the session of this site, or takes its note of a ban away: a browser may have that of a sibling in their place. */
  @Post('sign-out')
  async leave(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { principal, sessionRefusal } = request;
    if (principal !== null) await this.#accounts.signOut(principal, request.id);
    if (principal !== null || sessionRefusal !== null) clearSessionCookie(reply, this.#address);
    const frame = frameIn(form);
    reply.redirect(frame === undefined ? FRAME : framePath({ ...frameAddressOf(frame), as: null }), 303);
  }
}

/** A browser keeps one session for all origins of a domain: who signed in on another of them stays so, whoever is banned here. */
function isOfSibling({ framed }: Banned, { principal, sessionRefusal: before }: FastifyRequest): boolean {
  const byHand = before instanceof Banned && before.framed?.sso === null ? before : null;
  const site = (principal ?? byHand)?.framed?.site ?? null;
  return site !== null && site !== framed?.site;
}
