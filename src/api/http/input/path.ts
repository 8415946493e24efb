import { DomainError, type ErrorCode, isUuid } from '../../../../libs/kernel/index.ts';

/** An id in the path; a malformed one names nothing, so the answer is the same as for an unknown one. */
export function idInPath(text: string, code: Extract<ErrorCode, `${string}_not_found`>): string {
  if (isUuid(text)) return text;
  throw new DomainError(code, `There is no such ${code.replace('_not_found', '')}.`);
}
