import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { DomainError } from '../../../libs/kernel/index.ts';
import type { PageErrors } from '../../access/page-errors.ts';
import { viewerOf } from '../../access/principal.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { isNavigation } from '../../access/request.ts';
import { clearSessionCookie } from '../../access/sign-in/session-cookie.ts';
import { FindMoved } from '../../views/post-list/post-list.query-types.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import { busyPage, plainPage } from './busy-pages.ts';
import { ErrorPage } from './error-page.tsx';
import type { Frame } from './frame.ts';
import { type FrameAddress, framePath } from './frame-address.ts';
import { FrameHosts } from './frame-hosts.ts';
import { frameOfRequest, mayStandInFrame } from './frame-of-request.ts';
import { FramedRefusal } from './framed-refusal.tsx';
import { Frames } from './frames.ts';
import { chooseLocale } from './i18n/locales.ts';
import { putHeaders } from './kept-pages.ts';
import { languageIn } from './message-files.ts';
import { isOfPassword, PASSWORD_SENT, pathToSignIn } from './password-sent.ts';
import { sendPage } from './send-page.ts';
import { type SentFields, sentFieldsOf } from './unread-form.ts';
import { holdsWords, UnsentPage } from './unsent-page.tsx';

/** Shows a refusal as a page in the reader's language; a reader who needs an account is led to sign in, and back. */
@Injectable()
export class ErrorPages implements PageErrors {
  readonly #frames: Frames;
  readonly #hosts: FrameHosts;
  readonly #address: PublicAddress;
  readonly #queries: QueryBus;
  readonly #site: SiteInMemory;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(FrameHosts) hosts: FrameHosts,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(SITE) site: SiteInMemory,
  ) {
    this.#site = site;
    this.#queries = queries;
    this.#frames = frames;
    this.#hosts = hosts;
    this.#address = address;
  }

  async answer(refusal: DomainError, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (refusal.status === 401 && isRead && request.routeOptions.url !== '/sign-in') {
      reply.redirect(pathToSignIn(request), 303);
      return;
    }
    if (refusal.status === 404 && (await this.#ledOn(request, reply))) return;
    const fields = isRead ? undefined : await fieldsToKeep(refusal, request);
    const isSentTwice = refusal.status === 401 && refusal.code !== 'someone_else' && isOfPassword(request, fields);
    if (isSentTwice) return void reply.redirect(PASSWORD_SENT, 303);
    const address = refusal.code === 'foreign_origin' ? undefined : frameOfRequest(request, fields);
    if (address !== undefined && isStaleLeave(refusal, request))
      return void reply.redirect(framePath({ ...address, as: '' }), 303);
    if (address !== undefined) return this.#inFrame(refusal, { address, fields }, { request, reply });
    // A banned member reads on as a reader without an account, and can appeal; frames say so on each page.
    if (refusal.code === 'banned' && isNavigation(request)) clearSessionCookie(reply, this.#address);
    const frame = this.#frames.of(request, isRead ? request.url : this.#before(request));
    const { status } = refusal;
    if (refusal.code === 'overloaded') return sendBusy(refusal, frame, reply);
    const page =
      status === 401 && fields !== undefined && holdsWords(fields)
        ? h(UnsentPage, { frame, refusal, action: request.url, fields })
        : h(ErrorPage, { frame, refusal });
    await sendPage(page, { request, reply, status });
  }

  unread(refusal: DomainError, acceptLanguage: string | undefined): string {
    const { translator } = languageIn(chooseLocale({ acceptLanguage }, this.#site.now()));
    return plainPage(refusal, translator);
  }

  /** Only the pages that show the frame show its refusals. */
  async #inFrame(
    refusal: DomainError,
    { address, fields }: { readonly address: FrameAddress; readonly fields: SentFields | undefined },
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const frame = this.#frames.of(request, framePath(address));
    const hosts = this.#hosts.asked(address);
    putHeaders(reply, this.#hosts.headers(reply, hosts));
    if (refusal.code === 'overloaded' && fields === undefined) return sendBusy(refusal, frame, reply);
    const sent = fields === undefined ? null : { action: request.url, fields };
    const page = h(FramedRefusal, { frame, address, hosts, refusal, sent });
    await sendPage(page, { request, reply, status: refusal.status });
  }

  /**
   * True when the address was an old one, of another site or of a post here, and the reader is led to the new one; a form
   * that was drawn before a post had its address is sent there again as it is.
   */
  async #ledOn({ url, principal, method }: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead && !url.startsWith('/posts/')) return false;
    const moved = await this.#queries.execute(new FindMoved(url, viewerOf(principal), new Date().toISOString()));
    if (moved === null) return false;
    reply.redirect(moved.path, isRead ? (moved.lasts ? 301 : 302) : 308);
    return true;
  }

  /** A form's own address shows nothing, so its page is the one that the reader came from, if that is the forum's. */
  #before({ headers }: FastifyRequest): string {
    const referer = headers.referer ?? '';
    const url = URL.canParse(referer) ? new URL(referer) : null;
    return url !== null && url.host === headers.host ? `${url.pathname}${url.search}` : '/';
  }
}

/** A form whose text its writer is shown again, or that has to come whole before its answer is read. */
async function fieldsToKeep(refusal: DomainError, request: FastifyRequest): Promise<SentFields | undefined> {
  const isKept = refusal.status === 401 || refusal.status === 413 || mayStandInFrame(request);
  return isKept && refusal.code !== 'foreign_origin' ? sentFieldsOf(request) : undefined;
}

/** Who signed out is no longer signed in here: the frame is nobody's from then on. */
function isStaleLeave({ code }: DomainError, { routeOptions }: FastifyRequest): boolean {
  return code === 'someone_else' && routeOptions.url === '/embed/sign-out';
}

function sendBusy({ status, retryAfterSeconds = 1 }: DomainError, frame: Frame, reply: FastifyReply): void {
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(busyPage(frame, frame.here, retryAfterSeconds));
}
