import { DomainError, type ErrorCode } from '../../../libs/kernel/index.ts';
import type { FieldErrors } from '../components/fields.tsx';
import type { MessageKey, Translator } from '../i18n/translate.ts';

const UNAVAILABLE: MessageKey = 'error.unavailable';

/** What each refusal says to a reader in its own language. */
const MESSAGES: Readonly<Partial<Record<ErrorCode, MessageKey>>> = {
  invalid: 'error.invalid',
  unauthenticated: 'error.unauthenticated',
  token_expired: 'error.token_expired',
  login_failed: 'error.login_failed',
  forbidden: 'error.forbidden',
  foreign_origin: 'error.foreign_origin',
  discussion_closed: 'error.discussion_closed',
  discussion_read_only: 'error.discussion_read_only',
  post_not_found: 'error.post_not_found',
  comment_not_found: 'error.comment_not_found',
  comment_removed: 'error.comment_removed',
  post_withdrawn: 'error.post_withdrawn',
  parent_not_found: 'error.parent_not_found',
  parent_in_other_post: 'error.parent_not_found',
  too_deep: 'error.too_deep',
  stale_revision: 'error.stale_revision',
  id_taken: 'error.id_taken',
  slug_taken: 'error.slug_taken',
  too_large: 'error.too_large',
  slow_mode: 'error.slow_mode',
  rate_limited: 'error.rate_limited',
  internal: UNAVAILABLE,
  storage_unavailable: UNAVAILABLE,
  not_caught_up: UNAVAILABLE,
  shutting_down: UNAVAILABLE,
};

/** A refusal that belongs to one field although it names none. */
const FIELD_OF: Readonly<Partial<Record<ErrorCode, string>>> = { handle_taken: 'handle', slug_taken: 'title' };

/** What is wrong with a field that passed the form's own check: a handle that is reserved, a password that is not the member's. */
const FIELD_MESSAGES: Readonly<Record<string, MessageKey>> = { handle: 'field.handleTaken', currentPassword: 'field.password' };

export function reasonOf(refusal: DomainError, { t }: Translator): string {
  const key = MESSAGES[refusal.code];
  return key === undefined ? refusal.detail : t(key, { count: refusal.retryAfterSeconds ?? 1 });
}

/**
 * A refusal as messages at the fields of a form, in the reader's language. What a field's own check did not foresee says
 * that the field is not accepted. Anything but a DomainError is thrown again.
 */
export function fieldErrorsOf(error: unknown, translator: Translator): FieldErrors {
  if (!(error instanceof DomainError)) throw error;
  const { t } = translator;
  if (error.code === 'handle_taken') return { handle: t('field.handleTaken') };
  const field = FIELD_OF[error.code];
  if (field !== undefined) return { [field]: reasonOf(error, translator) };
  const byField = error.errors.map(({ field: name }) => {
    return [name.split('.')[0] ?? name, t(FIELD_MESSAGES[name] ?? 'field.invalid')] as const;
  });
  return { '': reasonOf(error, translator), ...Object.fromEntries(byField) };
}
