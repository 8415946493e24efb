import type { TranslationReason } from '../../../libs/words/index.ts';
import { type FieldErrors, TextArea } from './fields.tsx';
import type { Translator } from './i18n/translate.ts';

/** What was chosen and written. */
export interface TypedReport {
  readonly chosen: string;
  readonly note: string;
}

interface ReportFieldsProps {
  /** Those that are offered. */
  readonly reasons: readonly TranslationReason[];
  readonly typed: TypedReport;
  readonly errors: FieldErrors;
  readonly translator: Translator;
}

/** Why somebody reports a text, and in their own words. */
export function ReportFields({ reasons, typed: { chosen, note }, errors, translator: { t } }: ReportFieldsProps) {
  return (
    <>
      <fieldset class="radios">
        <legend>{t('decide.reason')}</legend>
        {reasons.map((reason) => (
          <label key={reason} class="radio">
            <input type="radio" name="reason" value={reason} required checked={reason === chosen} />
            {t(`reason.${reason}`)}
          </label>
        ))}
      </fieldset>
      <TextArea
        name="note"
        label={t('complain.note')}
        optional={t('form.optional')}
        value={note}
        rows={3}
        required={false}
        errors={errors}
      />
    </>
  );
}
