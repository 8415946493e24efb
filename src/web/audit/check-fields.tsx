import type { Translator } from '../shell/i18n/translate.ts';

interface CheckFieldsProps {
  /** The beginning of the fields' ids. */
  readonly id: string;
  /** The kinds of files that can be chosen. */
  readonly accept: string;
  readonly logKey: string;
  readonly translator: Translator;
  /** Where the key comes from; the forum's own words of it unless told. */
  readonly keyHint?: string;
  /** Only the page's program reads and shows them. */
  readonly byScript?: boolean;
}

/** A file in place of pasted text, and the key that verifies signatures. */
export function CheckFields(props: CheckFieldsProps) {
  const { id, accept, logKey, byScript = false } = props;
  const { t } = props.translator;
  return (
    <>
      <div class="field" data-by-script={byScript || undefined} hidden={byScript}>
        <label for={`${id}-file`}>{t('receipt.choose')}</label>
        <input id={`${id}-file`} type="file" accept={accept} />
      </div>
      <div class="field" data-by-script={byScript || undefined} hidden={byScript}>
        <label for={`${id}-key`}>{t('receipt.logKey')}</label>
        <input
          id={`${id}-key`}
          class="code"
          type="text"
          value={logKey}
          spellcheck={false}
          autocomplete="off"
          dir="ltr"
          aria-describedby={`${id}-key-hint`}
        />
        <p class="hint" id={`${id}-key-hint`}>
          {props.keyHint ?? t('receipt.keyHint')}
        </p>
      </div>
    </>
  );
}
