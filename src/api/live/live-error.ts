import type { LiveError } from '../../../libs/client/index.ts';
import type { DomainError } from '../../../libs/kernel/index.ts';

/** A refusal in the form for acknowledgements, and for the `data` of a connect_error. */
export function liveError({ code, detail, errors, retryAfterSeconds }: DomainError): LiveError {
  return {
    code,
    detail,
    ...(errors.length === 0 ? {} : { errors }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
