import { REPORT_REASONS } from '../../../libs/words/index.ts';
import { type FieldErrors, TextArea } from './fields.tsx';
import type { Translator } from './i18n/translate.ts';

/** What was chosen and written. */
export interface TypedReport {
  readonly chosen: string;
  readonly note: string;
}

interface ReportFieldsProps {
  readonly typed: TypedReport;
  readonly errors: FieldErrors;
  readonly translator: Translator;
}

/** Why somebody reports a text, and in their own words. */
export function ReportFields({ typed: { chosen, note }, errors, translator: { t } }: ReportFieldsProps) {
  return (
    <>
      <fieldset class="radios">
        <legend>{t('decide.reason')}</legend>
        {REPORT_REASONS.map((reason) => (
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
