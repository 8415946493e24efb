import type { Translator } from '../../shell/i18n/translate.ts';
import { CheckFields } from '../check-fields.tsx';

interface ReceiptCheckProps {
  readonly translator: Translator;
  readonly logKey: string;
  /** The receipt that is there from the beginning; none unless told. */
  readonly receipt?: string;
  /** What is said before the form; nothing unless told. */
  readonly hint?: string;
  /** Where the key comes from; the forum's own words of it unless told. */
  readonly keyHint?: string;
}

/** Shown by its program alone; the text that the reader pastes or chooses never leaves the browser. */
export function ReceiptCheck({ translator, logKey, receipt, hint, keyHint }: ReceiptCheckProps) {
  const { t } = translator;
  return (
    <section class="receipt" id="receipt-check" hidden>
      <h2>{t('receipt.check')}</h2>
      <div class="check-result" data-result="" role="status" tabIndex={-1} />
      <form class="form">
        {hint !== undefined && <p class="hint">{hint}</p>}
        <div class="field">
          <label for="receipt-text">{t('receipt.text')}</label>
          <textarea id="receipt-text" class="code" rows={8} spellcheck={false} autocomplete="off" dir="ltr">
            {receipt}
          </textarea>
        </div>
        <CheckFields
          id="receipt"
          accept=".tlog-proof,text/plain"
          logKey={logKey}
          translator={translator}
          {...(keyHint !== undefined && { keyHint })}
        />
        <div class="form-foot">
          <button class="button" type="submit">
            {t('receipt.checkNow')}
          </button>
        </div>
      </form>
    </section>
  );
}
