import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from '../../libs/kernel/index.ts';

/**
 * The injection token under which the pages provide the form of a refusal for people; without it every refusal is a
 * JSON problem.
 */
export const PAGE_ERRORS = Symbol('PageErrors');

export interface PageErrors {
  /** Answers a refused page with a page of its own, or leads to the sign-in. It must send the reply. */
  answer(refusal: DomainError, request: FastifyRequest, reply: FastifyReply): void | Promise<void>;
  /** The same where no request could be read, as HTML, in a language that was asked for (RFC 9110, Accept-Language). */
  unread(refusal: DomainError, acceptLanguage: string | undefined): string;
}
