import type { LiveError } from '../../../libs/client/index.ts';
import type { DomainError } from '../../../libs/kernel/index.ts';

/** A refusal as it travels in an acknowledgement, and in the `data` of a connect_error. */
export function liveError({ code, detail, errors, retryAfterSeconds }: DomainError): LiveError {
  return {
    code,
    detail,
    ...(errors.length === 0 ? {} : { errors }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
