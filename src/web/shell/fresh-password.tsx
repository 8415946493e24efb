import { type FieldErrors, TextField } from './fields.tsx';
import type { Frame } from './frame.ts';

/** The password again, where a way in changes and the sign-in was long ago. */
export function FreshPasswordField(props: {
  readonly frame: Frame;
  /** Tells several such fields of a page apart. */
  readonly form: string;
  /** What it is asked for, where a page has several such fields. */
  readonly act?: string;
  readonly isAsked: boolean;
  readonly errors: FieldErrors;
}) {
  const { frame, form, act, isAsked, errors } = props;
  const { t } = frame.translator;
  if (!isAsked) return null;
  return (
    <TextField
      name="password"
      id={`password-${form}`}
      type="password"
      label={act === undefined ? t('fresh.password') : `${t('fresh.password')} (${act})`}
      hint={t('fresh.hint')}
      value=""
      autocomplete="current-password"
      errors={errors}
    />
  );
}
