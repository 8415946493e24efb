import { Body, Controller, Get, Inject, Param, Post as PostTo, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Comment, Page, Post, PostSummary } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { KNOWN_PASSWORD_LIMITS, PASSWORD_LIMITS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { memberOf } from '../../access/request.ts';
import { isFresh } from '../../access/sign-in/fresh-sign-in.ts';
import { setSessionCookie } from '../../access/sign-in/session-cookie.ts';
import { Accounts } from '../../acts/accounts.ts';
import { OwnAccount } from '../../acts/own-account.ts';
import { GetMemberPage, GetOwnMember } from '../../views/members/members.query-types.ts';
import { GetModerationLog } from '../../views/moderation-log/log.query-types.ts';
import { GetIgnored } from '../../views/notifications/notifications.query-types.ts';
import { GetPost, ListPosts } from '../../views/post-list/post-list.query-types.ts';
import { GetSanctionsOf } from '../../views/sanctions/sanctions.query-types.ts';
import { GetPublicComments } from '../../views/thread/thread.query-types.ts';
import { GetWaysIn } from '../../views/ways-in/ways-in.query-types.ts';
import { type DoneAct, doneIn, pathDone } from '../shell/done.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import { checked, email, isFine, password, text, typedAgain } from '../shell/form-checks.ts';
import { mayAdminister } from '../shell/frame.ts';
import { Frames, localeCookie } from '../shell/frames.ts';
import { isLocale } from '../shell/i18n/locales.ts';
import { oneOf } from '../shell/one-of.ts';
import { PASSWORD_SENT } from '../shell/password-sent.ts';
import { ownPath, pathAfter, textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../shell/refusals.ts';
import type { RefusedForm } from '../shell/refused-form.ts';
import { sendPage } from '../shell/send-page.ts';
import { statusOf, type Typed, typedIn } from '../shell/typed.ts';
import { SettingsPage } from './account-pages.tsx';
import { MemberPage } from './member-page.tsx';

const YEAR_S = 365 * 86_400;
const COMMENTS_A_PAGE = 20;
const POSTS_A_PAGE = 10;
/** The decisions that a member is told of. */
const DECISIONS = { limit: 20, cursor: null };
/** What the settings tell of the form just sent. */
const SAVED = ['saved', 'unchanged'] as const;

function isSignedOut(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'unauthenticated';
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Members' pages, and the settings of readers and members. */
@Controller()
@UseInterceptors(ReadsOwnWrites)
export class MemberPagesController {
  readonly #frames: Frames;
  readonly #accounts: Accounts;
  readonly #own: OwnAccount;
  readonly #address: PublicAddress;
  readonly #queries: QueryBus;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Accounts) accounts: Accounts,
    @Inject(OwnAccount) own: OwnAccount,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#frames = frames;
    this.#accounts = accounts;
    this.#own = own;
    this.#address = address;
    this.#queries = queries;
  }

  @Get('members/:handle')
  async member(
    @Param('handle') handle: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const member = await this.#queries.execute(new GetMemberPage(handle, viewerOf(request.principal)));
    const cursor = textIn(query, 'cursor') || null;
    const comments = await this.#queries.execute(new GetPublicComments(member.id, COMMENTS_A_PAGE, cursor));
    const postCursor = textIn(query, 'posts') || null;
    const posts = await this.#postsOf(comments.items);
    const published = await this.#publishedBy(member.id, postCursor, request);
    const frame = this.#frames.of(request);
    const mayTurnFactorOff = mayAdminister(frame.member) && (await this.#hasFactor(member.id, frame.member?.id));
    const mayEndSessions = mayAdminister(frame.member) && member.id !== frame.member?.id;
    const isOwn = member.id === frame.member?.id;
    const page = isOwn
      ? { isHidden: (await this.#queries.execute(new GetOwnMember(member.id))).pageHidden === true }
      : null;
    const may = {
      page,
      mayTurnFactorOff,
      mayEndSessions,
      isIgnored: await this.#isIgnored(member.id, frame.member?.id),
    };
    const pages = { isFirst: cursor === null, isFirstOfPosts: postCursor === null };
    const shown = { member, comments, posts, published, ...pages, ...may, done: doneIn(query) };
    await sendPage(h(MemberPage, { frame, ...shown }), { request, reply });
  }

  /** As whoever looks may see them. */
  #publishedBy(authorId: string, cursor: string | null, { principal }: FastifyRequest): Promise<Page<PostSummary>> {
    const list = { limit: POSTS_A_PAGE, cursor };
    return this.#queries.execute(new ListPosts({ authorId }, list, viewerOf(principal), new Date().toISOString()));
  }

  async #isIgnored(memberId: string, readerId: string | undefined): Promise<boolean | null> {
    if (readerId === undefined || readerId === memberId) return null;
    return (await this.#queries.execute(new GetIgnored(readerId))).includes(memberId);
  }

  /** False for the own account, whose second factor is turned off in its settings, by a code. */
  async #hasFactor(memberId: string, ownId: string | undefined): Promise<boolean> {
    if (memberId === ownId) return false;
    return (await this.#queries.execute(new GetWaysIn(memberId))).secondFactor !== null;
  }

  /** The posts of the comments, each once; a post that was withdrawn meanwhile is left out. */
  async #postsOf(comments: readonly Comment[]): Promise<ReadonlyMap<string, Post>> {
    const ids = [...new Set(comments.map(({ postId }) => postId))];
    const now = new Date().toISOString();
    const posts = await Promise.all(
      ids.map((id) => this.#queries.execute(new GetPost(id, null, now)).catch(() => null)),
    );
    return new Map(posts.flatMap((post) => (post ? [[post.id, post] as const] : [])));
  }

  /** Takes the own page away from everybody but staff, or gives it back. */
  @PostTo('settings/page')
  async choosePage(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const by = memberOf(request);
    const pageHidden = textIn(form, 'hidden') === '1';
    const { position, member } = await this.#own.change(by, { pageHidden }, askingOf(request));
    const path = `/members/${encodeURIComponent(member.handle)}`;
    reply.redirect(pathAfter(pathDone(path, pageHidden ? 'pageHidden' : 'pageShown'), position), 303);
  }

  @Get('settings')
  settings(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { displayName, locale } = memberOf(request);
    const saved = oneOf(SAVED, textIn(query, 'saved')) ?? null;
    return this.#send({ typed: { displayName, locale }, errors: {}, saved, done: doneIn(query) }, { request, reply });
  }

  /** Name and language; the form of the password has an act of its own, and a program may send all in one. */
  @PostTo('settings')
  async change(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const isPassword = textIn(form, 'act') === 'password' || textIn(form, 'password') !== '';
    if (isPassword) return this.#changePassword(form, { request, reply });
    if (textIn(form, 'act') === 'quoting') return this.#changeQuoting(form, { request, reply });
    const { translator } = this.#frames.of(request);
    const typed = typedIn(form, ['displayName', 'locale']);
    const errors = checked(form, { displayName: text(TEXT_LIMITS.displayName) }, translator);
    if (!isFine(errors)) return this.#send({ typed, errors, status: 400 }, { request, reply });
    const locale = isLocale(typed['locale']) ? { locale: typed['locale'] } : {};
    const wish = { displayName: textIn(form, 'displayName').trim(), ...locale };
    try {
      const { position, isChanged } = await this.#own.change(memberOf(request), wish, askingOf(request));
      if (isLocale(typed['locale'])) this.#keepLocale(reply, typed['locale']);
      reply.redirect(pathAfter(`/settings?saved=${isChanged ? 'saved' : 'unchanged'}`, position), 303);
    } catch (error) {
      const errors = fieldErrorsOf(error, translator);
      await this.#send({ typed, errors, status: statusOf(error) }, { request, reply });
    }
  }

  async #changeQuoting(form: unknown, { request, reply }: Exchange): Promise<void> {
    const wish = { mayBeQuoted: textIn(form, 'mayBeQuoted') === '1' };
    const { position, isChanged } = await this.#own.change(memberOf(request), wish, askingOf(request));
    reply.redirect(pathAfter(`/settings?saved=${isChanged ? 'saved' : 'unchanged'}`, position), 303);
  }

  async #changePassword(form: unknown, { request, reply }: Exchange): Promise<void> {
    const { translator } = this.#frames.of(request);
    const isAnother = (await this.#own.passwordStep(memberOf(request))) === 'another';
    const current = isAnother ? { currentPassword: password(KNOWN_PASSWORD_LIMITS) } : {};
    const refuse = (errors: FieldErrors, status: number): Promise<void> => {
      const refused = { form: 'password', typed: {}, errors: typedAgain(errors, form, translator) };
      return this.#sendRefused({ refused, status }, { request, reply });
    };
    const errors = checked(form, { ...current, password: password(PASSWORD_LIMITS) }, translator);
    if (!isFine(errors)) return refuse(errors, 400);
    const { displayName = '', locale = '' } = typedIn(form, ['displayName', 'locale']);
    const wish = {
      ...(displayName.trim() !== '' && { displayName: displayName.trim() }),
      ...(isLocale(locale) && { locale }),
      password: textIn(form, 'password'),
      currentPassword: textIn(form, 'currentPassword'),
    };
    try {
      const { position, session } = await this.#own.change(memberOf(request), wish, askingOf(request));
      if (session !== null) setSessionCookie(reply, session, this.#address);
      reply.redirect(pathAfter('/settings?saved=saved', position), 303);
    } catch (error) {
      if (isSignedOut(error)) return reply.redirect(PASSWORD_SENT, 303);
      await refuse(fieldErrorsOf(error, translator), statusOf(error));
    }
  }

  /** The new address counts once the link that is sent to it was opened; the answer is the same for every address. */
  @PostTo('settings/email')
  async changeEmail(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (textIn(form, 'act') === 'drop') {
      const { position } = await this.#own.change(memberOf(request), { pendingEmail: null }, askingOf(request));
      return reply.redirect(pathAfter(pathDone('/settings', 'emailDropped'), position), 303);
    }
    const { translator } = this.#frames.of(request);
    const typed = typedIn(form, ['email']);
    const errors = checked(form, { email }, translator);
    const wish = { email: textIn(form, 'email').trim(), currentPassword: textIn(form, 'currentPassword') };
    try {
      if (!isFine(errors)) {
        return await this.#sendRefused({ refused: { form: 'email', typed, errors }, status: 400 }, { request, reply });
      }
      const { position } = await this.#own.change(memberOf(request), wish, askingOf(request));
      reply.redirect(pathAfter(pathDone('/settings', 'emailAsked'), position), 303);
    } catch (error) {
      const refused = { form: 'email', typed, errors: fieldErrorsOf(error, translator, { email: 'field.ownEmail' }) };
      await this.#sendRefused({ refused, status: statusOf(error) }, { request, reply });
    }
  }

  /** One of the forms that stand beside the first; that one shows what is in force. */
  #sendRefused(
    { refused, status }: { readonly refused: RefusedForm; readonly status: number },
    exchange: Exchange,
  ): Promise<void> {
    const { displayName, locale } = memberOf(exchange.request);
    return this.#send({ typed: { displayName, locale }, errors: {}, refused, status }, exchange);
  }

  /** A reader's choice is kept in a cookie, a member's in its settings. */
  @PostTo('locale')
  async locale(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const locale = textIn(form, 'locale');
    if (isLocale(locale)) {
      this.#keepLocale(reply, locale);
      if (request.principal !== null) await this.#own.change(request.principal, { locale }, askingOf(request));
    }
    reply.redirect(ownPath(textIn(form, 'next')), 303);
  }

  #keepLocale(reply: FastifyReply, locale: string): void {
    const secure = this.#address.isSecure;
    const options = { path: '/', maxAge: YEAR_S, sameSite: 'lax', httpOnly: true, secure } as const;
    reply.setCookie(localeCookie(this.#address), locale, options);
  }

  async #send(
    given: {
      readonly typed: Typed;
      readonly errors: FieldErrors;
      readonly saved?: 'saved' | 'unchanged' | null;
      readonly refused?: RefusedForm | null;
      readonly done?: DoneAct | null;
      readonly status?: number;
    },
    { request, reply }: Exchange,
  ): Promise<void> {
    const { typed, errors, saved = null, done = null, refused = null, status = 200 } = given;
    const frame = this.#frames.of(request, '/settings');
    const { memberId } = memberOf(request);
    const [sanctions, own, { items: decisions }, password] = await Promise.all([
      this.#queries.execute(new GetSanctionsOf(memberId, 'member')),
      this.#queries.execute(new GetOwnMember(memberId)),
      this.#queries.execute(new GetModerationLog({ member: memberId, kind: 'decision' }, DECISIONS)),
      this.#own.passwordStep(memberOf(request)),
    ]);
    const email = { ...own, asksPassword: !isFresh(memberOf(request)) };
    const props = {
      frame,
      typed,
      errors,
      password,
      saved,
      sanctions,
      decisions,
      email,
      mayBeQuoted: own.mayBeQuoted === true,
      done,
      refusedForm: refused,
    };
    const page = h(SettingsPage, props);
    await sendPage(page, { request, reply, status });
    this.#accounts.toldOfFailedSignIns(memberOf(request));
  }
}
