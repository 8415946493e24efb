import { DomainError, type ErrorCode } from './domain-error.ts';
import { isUuid } from './ids.ts';

/** An id in a path or a form. A malformed id names nothing, so the refusal is that for an unknown one: DomainError of the code. */
export function requireId(text: string, code: Extract<ErrorCode, `${string}_not_found` | 'not_found'>): string {
  if (isUuid(text)) return text;
  throw new DomainError(code, `There is no such ${code === 'not_found' ? 'thing' : code.replace('_not_found', '')}.`);
}
