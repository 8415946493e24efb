import { TRANSLATION_REASONS } from '../../../libs/words/index.ts';
import { type FieldErrors, SelectField, TextArea } from './fields.tsx';
import { Submit } from './form-frame.tsx';
import type { Translator } from './i18n/translate.ts';

/** What a moderator has filled in to remove a translation. */
export interface TypedRemoval {
  readonly reason: string;
  readonly statement: string;
  readonly errors: FieldErrors;
}

const NOTHING_TYPED: TypedRemoval = { reason: '', statement: '', errors: {} };

interface RemovalFieldsProps {
  /** Tells the form from others of the page. */
  readonly id: string;
  readonly typed: TypedRemoval | null;
  readonly translator: Translator;
}

/** For moderators: why a translation is removed, what its translator is told, and the button that does it. */
export function RemovalFields({ id, typed, translator: { t } }: RemovalFieldsProps) {
  const { reason: chosen, statement, errors } = typed ?? NOTHING_TYPED;
  return (
    <>
      <SelectField id={`reason-${id}`} name="reason" label={t('decide.reason')} errors={errors} required>
        <option value="">{t('record.choose')}</option>
        {TRANSLATION_REASONS.map((reason) => (
          <option key={reason} value={reason} selected={reason === chosen}>
            {t(`reason.${reason}`)}
          </option>
        ))}
      </SelectField>
      <TextArea
        id={`statement-${id}`}
        name="statement"
        label={t('record.statement')}
        optional={t('form.optional')}
        hint={t('translation.statementHint')}
        value={statement}
        rows={3}
        required={false}
        errors={errors}
      />
      <div class="buttons">
        <Submit label={t('translation.remove')} danger />
      </div>
    </>
  );
}
