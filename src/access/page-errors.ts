import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from '../../libs/kernel/index.ts';

/** The injection token under which the pages say how a refusal looks to a person; without it everything answers JSON problems. */
export const PAGE_ERRORS = Symbol('PageErrors');

export interface PageErrors {
  /** Answers a refusal of a page: a page of its own, or the way to sign in. Must send the reply. */
  answer(refusal: DomainError, request: FastifyRequest, reply: FastifyReply): void | Promise<void>;
}
