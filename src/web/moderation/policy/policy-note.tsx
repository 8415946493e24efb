import { type FieldErrors, TextArea } from '../../shell/fields.tsx';
import type { Translator } from '../../shell/i18n/translate.ts';

interface PolicyNoteProps {
  readonly translator: Translator;
  readonly value: string;
  readonly errors: FieldErrors;
}

/** The reason of a change of the policy, in the words of whoever changes it. */
export function PolicyNote({ translator: { t }, value, errors }: PolicyNoteProps) {
  return (
    <TextArea
      name="note"
      label={t('policy.note')}
      optional={t('form.optional')}
      value={value}
      rows={2}
      required={false}
      errors={errors}
    />
  );
}
