import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { DomainError } from '../../../libs/kernel/index.ts';
import type { PageErrors } from '../../api/access/page-errors.ts';
import { ErrorPage } from '../pages/error-page.tsx';
import { UnsentPage } from '../pages/unsent-page.tsx';
import { Frames } from './frames.ts';
import { sendPage } from './send-page.ts';
import { readUnreadForm } from './unread-form.ts';

/** A refusal as a page in the reader's language; who would need an account is led to sign in, and back. */
@Injectable()
export class ErrorPages implements PageErrors {
  readonly #frames: Frames;

  constructor(@Inject(Frames) frames: Frames) {
    this.#frames = frames;
  }

  async answer(refusal: DomainError, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (refusal.status === 401 && isRead) {
      reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
      return;
    }
    const frame = this.#frames.of(request, isRead ? request.url : this.#before(request));
    const { status, retryAfterSeconds } = refusal;
    const unsent = status === 401 ? await readUnreadForm(request) : undefined;
    const page = unsent
      ? h(UnsentPage, { frame, action: request.url, fields: unsent })
      : h(ErrorPage, { frame, status, retryAfterSeconds });
    await sendPage(page, { request, reply, status });
  }

  /** A form's own address shows nothing; its page is where the reader came from, if that is ours. */
  #before({ headers }: FastifyRequest): string {
    const referer = headers.referer ?? '';
    const url = URL.canParse(referer) ? new URL(referer) : null;
    return url !== null && url.host === headers.host ? `${url.pathname}${url.search}` : '/';
  }
}
