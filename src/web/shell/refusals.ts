import { DomainError, type ErrorCode } from '../../../libs/kernel/index.ts';
import type { FieldErrors } from './fields.tsx';
import type { MessageKey, Translator } from './i18n/translate.ts';
import { reasonOf } from './refusal-messages.ts';

/** The field of a refusal that names none. */
const FIELD_OF: Readonly<Partial<Record<ErrorCode, string>>> = {
  slug_taken: 'title',
  disposable_address: 'email',
  second_factor_failed: 'code',
};

/** The faults of a field that passed the form's own check: a reserved handle or name, a wrong password, or a common one. */
const FIELD_MESSAGES: Readonly<Record<string, MessageKey>> = {
  handle: 'field.handleTaken',
  displayName: 'field.nameReserved',
  currentPassword: 'field.password',
  password: 'field.commonPassword',
  code: 'error.second_factor_failed',
};

/**
 * A refusal as messages at the fields of a form, in the reader's language. A fault that the field's own check did not
 * foresee becomes "not accepted", unless the form has its own `words` for it. Any error but a DomainError is thrown
 * again.
 */
export function fieldErrorsOf(
  error: unknown,
  translator: Translator,
  words: Readonly<Record<string, MessageKey>> = {},
): FieldErrors {
  if (!(error instanceof DomainError)) throw error;
  const { t } = translator;
  const field = FIELD_OF[error.code];
  if (field !== undefined) return { [field]: reasonOf(error, translator) };
  const byField = error.errors.map(({ field: name }) => {
    return [name.split('.')[0] ?? name, t(words[name] ?? FIELD_MESSAGES[name] ?? 'field.invalid')] as const;
  });
  if (error.code === 'handle_taken') return { handle: t('field.handleTaken'), ...Object.fromEntries(byField) };
  return { '': reasonOf(error, translator), ...Object.fromEntries(byField) };
}
