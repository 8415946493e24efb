import { MOST_SEARCH_CHARACTERS } from '../../../libs/words/index.ts';
import type { Translator } from './i18n/translate.ts';

/** A minus and its word, which no line's end parts. */
const WITHOUT = /(-[\p{L}\p{M}]+)/u;

interface SearchWordsProps {
  readonly translator: Translator;
  /** What is looked for already. */
  readonly typed?: string;
  /** Where they are not found, that is said. */
  readonly findsTranslations?: boolean;
}

/** What a form asks that looks for words: the words, and how they can be written. */
export function SearchWords({ translator, typed, findsTranslations = false }: SearchWordsProps) {
  const { t } = translator;
  return (
    <>
      <label for="search-words">{t('search.words')}</label>
      <div class="find-line">
        <input
          id="search-words"
          type="search"
          name="q"
          value={typed}
          maxLength={MOST_SEARCH_CHARACTERS}
          aria-describedby="search-hint"
          dir="auto"
          autocomplete="off"
        />
        <button class="button" type="submit">
          {t('posts.find')}
        </button>
      </div>
      <SearchHint translator={translator} findsTranslations={findsTranslations} />
    </>
  );
}

/** How words are looked for, and in what not: folded, since it is long; a screen reader tells it with the field. */
function SearchHint({
  translator: { t },
  findsTranslations,
}: Required<Pick<SearchWordsProps, 'translator' | 'findsTranslations'>>) {
  return (
    <details>
      <summary>{t('search.help')}</summary>
      <p class="hint" id="search-hint">
        {t('search.hint')
          .split(WITHOUT)
          .map((piece, at) => (at % 2 === 0 ? piece : <span class="unbroken">{piece}</span>))}
        {!findsTranslations && ` ${t('search.noTranslations')}`}
      </p>
    </details>
  );
}
