import type { ErrorCode } from '../../libs/kernel/index.ts';

/** What somebody may have tried who looks for a way in: each is a line for operators, whichever way it came. */
const TOLD: ReadonlySet<ErrorCode> = new Set([
  'unauthenticated',
  'token_expired',
  'someone_else',
  'login_failed',
  'sessions_ended',
  'second_factor_failed',
  'banned',
  'forbidden',
  'foreign_origin',
  'misdirected',
  'rate_limited',
]);

export function isToldToOperators(code: ErrorCode): boolean {
  return TOLD.has(code);
}
