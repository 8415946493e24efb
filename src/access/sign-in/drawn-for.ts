import type { FastifyRequest } from 'fastify';
import { DomainError, isRecord } from '../../../libs/kernel/index.ts';
import type { Principal } from '../principal.ts';
import { asksForPrograms } from '../request.ts';

/**
 * Whether a page that says for whom it was drawn was drawn for this member. Another one may have come after in the same
 * browser, whose cookie goes along from pages that still stand open. What says nothing counts as the session does.
 */
export function isDrawnFor({ memberId }: Principal, stated: unknown): boolean {
  return stated === undefined || stated === '' || stated === memberId;
}

/** What a request says of its page: in a header, and a form in its body. */
export function drawnFor(request: FastifyRequest): unknown {
  const { headers, body } = request;
  const inForm = isRecord(body) && !asksForPrograms(request) ? body['as'] : undefined;
  return headers['colloquy-as'] ?? inForm;
}

export function someoneElse(): DomainError {
  return new DomainError('unauthenticated', 'Somebody else is signed in in this browser now.');
}
