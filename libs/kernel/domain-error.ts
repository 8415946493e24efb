/** Every reason of the forum for a refusal, with its HTTP status. Programs read the code, people read the detail. */
export const ERROR_CODES = {
  invalid: 400,
  malformed: 400,
  unauthenticated: 401,
  token_expired: 401,
  someone_else: 401,
  login_failed: 401,
  sessions_ended: 401,
  second_factor_required: 401,
  second_factor_failed: 401,
  forbidden: 403,
  holds_roles: 403,
  foreign_origin: 403,
  fresh_sign_in_required: 403,
  founder_needed: 403,
  banned: 403,
  suspended: 403,
  warning_open: 403,
  membership_waiting: 403,
  membership_refused: 403,
  registration_closed: 403,
  invitation_needed: 403,
  invitation_invalid: 403,
  form_refused: 403,
  proof_required: 403,
  disposable_address: 403,
  banned_address: 403,
  discussion_closed: 403,
  guests_off: 403,
  discussion_read_only: 403,
  edit_window_over: 403,
  not_found: 404,
  post_not_found: 404,
  comment_not_found: 404,
  member_not_found: 404,
  link_not_found: 404,
  session_not_found: 404,
  passkey_not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  id_taken: 409,
  handle_taken: 409,
  email_taken: 409,
  slug_taken: 409,
  stale_revision: 409,
  already_decided: 409,
  claimed: 409,
  comment_removed: 409,
  too_many_edits: 409,
  post_withdrawn: 409,
  last_way_in: 409,
  last_admin: 409,
  not_let_in: 409,
  conflict: 409,
  erased: 410,
  link_used: 410,
  link_expired: 410,
  too_large: 413,
  unsupported_media_type: 415,
  misdirected: 421,
  parent_not_found: 422,
  parent_in_other_post: 422,
  too_deep: 422,
  slow_mode: 429,
  rate_limited: 429,
  too_many_registrations: 429,
  internal: 500,
  storage_unavailable: 503,
  read_only: 503,
  provider_unavailable: 503,
  not_caught_up: 503,
  tree_mismatch: 503,
  shutting_down: 503,
  overloaded: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One field that is wrong: its path (`body`, `tags.2`) and what to do about it. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** A refusal that is safe to show to whoever asked. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** Seconds after which asking again makes sense; sent as `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, detail: string, errors: readonly FieldError[] = [], retryAfterSeconds?: number) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): number {
    return ERROR_CODES[this.code];
  }
}

/** The refusal for a comment that was never posted, and for one that the asker must not know of; both look the same. */
export function commentNotFound(): DomainError {
  return new DomainError('comment_not_found', 'There is no such comment.');
}

/** The refusal for whoever would be the first member without being sent by whoever runs the server. */
export function founderNeeded(): DomainError {
  return new DomainError(
    'founder_needed',
    'This forum has no members yet. Its first admin comes with the code that the server printed when it started.',
  );
}

/** The refusal of a proof that tells nothing about why. */
export function signInFailed(): DomainError {
  return new DomainError('login_failed', 'This does not sign anybody in.');
}

/** The refusal of whoever was coming in while all sessions of the account were ended: by its password, or by itself. */
export function sessionsEnded(): DomainError {
  return new DomainError(
    'sessions_ended',
    'All sessions of this account were ended while you signed in. Sign in again.',
  );
}

export function linkUsed(): DomainError {
  return new DomainError('link_used', 'This link was used already. Ask for a new one.');
}
