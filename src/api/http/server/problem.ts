import { STATUS_CODES } from 'node:http';
import { HttpException, NotFoundException } from '@nestjs/common';
import type { DecidedProblem, Problem, ProofProblem, TranslatedProblem } from '../../../../libs/client/index.ts';
import { causeOf, codeOf, DomainError, ERROR_CODES, type ErrorCode } from '../../../../libs/kernel/index.ts';
import { TooLarge } from '../../../access/too-large.ts';
import { DecidedAlready } from '../../../acts/decided-already.ts';
import { ProofRequired } from '../../../acts/proof-required.ts';
import { TranslatedAnother } from '../../../acts/translated-another.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The forum's words for the refusals of Fastify and Node. */
const BY_CODE: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'The request is larger than this address takes.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'Send the request as application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['malformed', 'The request is not as long as it says.'],
  FST_ERR_BAD_URL: ['malformed', 'The address is malformed.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'There is nothing at this address.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['malformed', 'The request came too slowly.'],
};

/**
 * The longest address with its headers, in bytes: an address of a search that somebody pasted a book into is read, so that a
 * page says what is wrong with it.
 */
export const MOST_HEADER_BYTES = 64 * 1024;

/**
 * The error as a refusal that is safe to show; `internal` for every unforeseen error. `mostBytes` are those of a body where it
 * was sent to.
 */
export function refusalOf(error: unknown, mostBytes?: number): DomainError {
  if (error instanceof DomainError) return error;
  const codes = [codeOf(error), codeOf(causeOf(error))];
  if (codes.includes('HPE_HEADER_OVERFLOW'))
    return new TooLarge(MOST_HEADER_BYTES, 'The headers of the request are too large');
  if (codes.includes('FST_ERR_CTP_BODY_TOO_LARGE') && mostBytes !== undefined) return new TooLarge(mostBytes);
  const known = BY_CODE[codes[0] ?? ''] ?? BY_CODE[codes[1] ?? ''];
  if (known !== undefined) return new DomainError(...known);
  if (error instanceof NotFoundException) return new DomainError('not_found', 'There is nothing at this address.');
  const status = error instanceof HttpException ? error.getStatus() : 500;
  if (status >= 400 && status < 500) return new DomainError('malformed', 'The request is malformed.');
  return new DomainError('internal', 'Something went wrong in the forum. It was noted and will be looked at.');
}

/** The problem document of RFC 9457. */
export function problemFor(refusal: DomainError): Problem | DecidedProblem | ProofProblem | TranslatedProblem {
  const { code, detail, errors } = refusal;
  const problem = {
    type: `urn:colloquy:problem:${code}`,
    title: titleOf(code),
    status: httpStatusOf(refusal),
    detail,
    code,
  };
  const decision = refusal instanceof DecidedAlready ? { decision: refusal.decision } : {};
  const challenge = refusal instanceof ProofRequired ? { challenge: refusal.challenge } : {};
  const source = refusal instanceof TranslatedAnother ? { source: refusal.source } : {};
  return { ...problem, ...(errors.length === 0 ? {} : { errors }), ...decision, ...challenge, ...source };
}

/** Always 400 for a malformed request, whatever status the library chose. */
export function httpStatusOf({ code }: DomainError): number {
  return ERROR_CODES[code];
}

function titleOf(code: ErrorCode): string {
  const words = code.replaceAll('_', ' ');
  return code === 'internal' ? (STATUS_CODES[500] ?? words) : words.charAt(0).toUpperCase() + words.slice(1);
}
