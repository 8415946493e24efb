import type { FastifyRequest } from 'fastify';
import { DomainError, isRecord } from '../../../libs/kernel/index.ts';
import { fieldsIn } from '../image-form.ts';
import type { Principal } from '../principal.ts';
import { asksForPrograms } from '../request.ts';

/**
 * Whether a page that says for whom it was drawn was drawn for this member; an empty name is that of a page for somebody
 * without an account. Another one may have come after in the same browser, whose cookie goes along from pages that still
 * stand open. What says nothing counts as the session does.
 */
export function isDrawnFor({ memberId }: Principal, stated: unknown): boolean {
  return stated === undefined || stated === memberId;
}

/** What a request says of its page: in a header, a form in its body, and a page of a frame in its address. */
export function drawnFor(request: FastifyRequest): unknown {
  const { headers, body, query, routeOptions } = request;
  const stated = headers['colloquy-as'];
  if (stated !== undefined || asksForPrograms(request)) return stated;
  const fields = routeOptions.url === '/embed' ? query : fieldsIn(body);
  return isRecord(fields) ? fields['as'] : undefined;
}

export function someoneElse(): DomainError {
  return new DomainError('someone_else', 'Somebody else is signed in in this browser now.');
}
