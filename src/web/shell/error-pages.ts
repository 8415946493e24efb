import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { DomainError } from '../../../libs/kernel/index.ts';
import type { PageErrors } from '../../access/page-errors.ts';
import { viewerOf } from '../../access/principal.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { clearSessionCookie } from '../../access/sign-in/session-cookie.ts';
import { FindMoved } from '../../views/post-list/post-list.query-types.ts';
import { busyPage } from './busy-pages.ts';
import { ErrorPage } from './error-page.tsx';
import { Frames } from './frames.ts';
import { sendPage } from './send-page.ts';
import { readUnreadForm } from './unread-form.ts';
import { UnsentPage } from './unsent-page.tsx';

/** Shows a refusal as a page in the reader's language; a reader who needs an account is led to sign in, and back. */
@Injectable()
export class ErrorPages implements PageErrors {
  readonly #frames: Frames;
  readonly #address: PublicAddress;
  readonly #queries: QueryBus;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#queries = queries;
    this.#frames = frames;
    this.#address = address;
  }

  async answer(refusal: DomainError, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (refusal.status === 401 && isRead) {
      reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
      return;
    }
    if (refusal.status === 404 && isRead && (await this.#ledOn(request, reply))) return;
    // A banned member reads on as a reader without an account, and can appeal.
    if (refusal.code === 'banned') clearSessionCookie(reply, this.#address);
    const frame = this.#frames.of(request, isRead ? request.url : this.#before(request));
    const { status, retryAfterSeconds } = refusal;
    if (refusal.code === 'overloaded') {
      const page = busyPage(frame, frame.here, retryAfterSeconds ?? 1);
      reply.code(status).type('text/html; charset=utf-8').send(page);
      return;
    }
    const unsent = status === 401 ? await readUnreadForm(request) : undefined;
    const page = unsent
      ? h(UnsentPage, { frame, action: request.url, fields: unsent })
      : h(ErrorPage, {
          frame,
          status,
          retryAfterSeconds,
          isBanned: refusal.code === 'banned',
          isReadOnly: refusal.code === 'read_only',
        });
    await sendPage(page, { request, reply, status });
  }

  /** True when the address was an old one of another site, and the reader is led to the new one. */
  async #ledOn({ url, principal }: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const moved = await this.#queries.execute(new FindMoved(url, viewerOf(principal), new Date().toISOString()));
    if (moved !== null) reply.redirect(moved.path, moved.lasts ? 301 : 302);
    return moved !== null;
  }

  /** A form's own address shows nothing, so its page is the one that the reader came from, if that is the forum's. */
  #before({ headers }: FastifyRequest): string {
    const referer = headers.referer ?? '';
    const url = URL.canParse(referer) ? new URL(referer) : null;
    return url !== null && url.host === headers.host ? `${url.pathname}${url.search}` : '/';
  }
}
