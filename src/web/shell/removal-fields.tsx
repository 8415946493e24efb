import { TRANSLATION_REASONS } from '../../../libs/words/index.ts';
import { SelectField } from './fields.tsx';
import { Submit } from './form-frame.tsx';
import type { Translator } from './i18n/translate.ts';

/** For moderators: why a translation is removed, with the button that does it. */
export function RemovalFields({ id, translator: { t } }: { readonly id: string; readonly translator: Translator }) {
  return (
    <>
      <SelectField id={id} name="reason" label={t('decide.reason')} errors={{}} required>
        <option value="">{t('record.choose')}</option>
        {TRANSLATION_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {t(`reason.${reason}`)}
          </option>
        ))}
      </SelectField>
      <div class="buttons">
        <Submit label={t('translation.remove')} danger />
      </div>
    </>
  );
}
