import { PASSWORD_LIMITS } from '../../../libs/words/index.ts';
import { type FieldErrors, TextField } from './fields.tsx';
import { HANDLE_PATTERN } from './form-checks.ts';
import type { Frame } from './frame.ts';
import type { Typed } from './typed.ts';

interface NewcomerFieldsProps {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly errors: FieldErrors;
}

/** The names that somebody new chooses, whichever way they come. */
export function NameFields({ frame, typed, errors }: NewcomerFieldsProps) {
  const { t } = frame.translator;
  return (
    <>
      <TextField
        name="displayName"
        label={t('register.displayName')}
        hint={t('register.displayNameHint')}
        value={typed['displayName'] ?? ''}
        autocomplete="name"
        errors={errors}
      />
      <TextField
        name="handle"
        label={t('register.handle')}
        hint={t('register.handleHint')}
        value={typed['handle'] ?? ''}
        pattern={HANDLE_PATTERN}
        title={t('field.handle')}
        autocomplete="username"
        errors={errors}
      />
    </>
  );
}

/** The address and the password of an account that is made here. `emailHint` says what the address is for. */
export function CredentialFields(props: NewcomerFieldsProps & { readonly emailHint?: string }) {
  const { frame, typed, errors, emailHint } = props;
  const { t } = frame.translator;
  return (
    <>
      <TextField
        name="email"
        type="email"
        label={t('register.email')}
        {...(emailHint === undefined ? {} : { hint: emailHint })}
        value={typed['email'] ?? ''}
        autocomplete="email"
        errors={errors}
      />
      <TextField
        name="password"
        type="password"
        label={t('register.password')}
        hint={t('register.passwordHint')}
        value=""
        minLength={PASSWORD_LIMITS.min}
        autocomplete="new-password"
        errors={errors}
      />
    </>
  );
}
