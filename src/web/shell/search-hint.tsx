import type { Translator } from './i18n/translate.ts';

/** A minus and its word, which no line's end parts. */
const WITHOUT = /(-[\p{L}\p{M}]+)/u;

/** How words are looked for, and in what not. */
export function SearchHint({ translator: { t } }: { readonly translator: Translator }) {
  return (
    <p class="hint" id="search-hint">
      {t('search.hint')
        .split(WITHOUT)
        .map((piece, at) => (at % 2 === 0 ? piece : <span class="unbroken">{piece}</span>))}{' '}
      {t('search.noTranslations')}
    </p>
  );
}
