import type { Translator } from './i18n/translate.ts';
import { STAMP_FIELD, TRAP_FIELD } from './unseen-names.ts';

interface UnseenProps {
  /** The signed time at which the form was shown. */
  readonly stamp: string;
  readonly translator: Translator;
}

/**
 * The fields of those without an account that people do not fill in: the time of the form, and a field that only programs
 * see. It is out of sight, of the keyboard's way and of screen readers; where no style sheet comes its label tells what to do.
 */
export function UnseenFields({ stamp, translator: { t } }: UnseenProps) {
  return (
    <>
      <input type="hidden" name={STAMP_FIELD} value={stamp} />
      <div class="visually-hidden" aria-hidden="true" inert>
        <label>
          {t('form.leaveEmpty')}
          <input type="text" name={TRAP_FIELD} tabIndex={-1} autocomplete="off" />
        </label>
      </div>
    </>
  );
}
