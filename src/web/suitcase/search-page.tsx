import { SearchWords } from '../shell/search-words.tsx';
import type { SearchData } from './page-data.ts';
import { SEARCH } from './places.ts';
import { ASSETS, type Sheet, SheetPage, sheetHtml } from './sheet.tsx';

/** Posts and comments by their words; the program reads the parts of the index that it needs from beside the page. */
export function searchHtml(sheet: Sheet, starts: readonly number[]): string {
  const { t } = sheet.frame.translator;
  const data: SearchData = {
    starts,
    words: {
      none: t('search.none'),
      short: t('search.short', { word: '{word}' }),
      shown: t('suitcase.shown', { shown: '{shown}', count: '{count}' }),
      shownNewest: t('suitcase.shownNewest', { shown: '{shown}', more: t('search.next') }),
      cannot: t('search.cannot'),
      nobody: t('search.nobody', { name: '{name}' }),
      nobodyNamed: t('search.nobodyNamed'),
      quoteNames: t('search.quoteNames'),
      post: t('search.post'),
      pageOf: t('search.pageOf', { site: '{site}' }),
      comment: t('search.comment'),
      translation: t('translation.text'),
      nameless: t('comment.nameless'),
    },
  };
  return sheetHtml(
    <SheetPage sheet={sheet} title={t('search.title')} file={SEARCH} script={ASSETS.search} data={data}>
      <h1>{t('search.title')}</h1>
      <noscript>
        <p class="notice">{t('suitcase.needsScript')}</p>
      </noscript>
      <search>
        <form class="search-form" id="search" hidden>
          <SearchWords translator={sheet.frame.translator} findsTranslations />
        </form>
      </search>
      <section id="found" aria-labelledby="found-words">
        <h2 id="found-words" class="visually-hidden" tabIndex={-1}>
          {t('search.found')}
        </h2>
        <p role="status" class="empty" id="found-told" />
        <ol class="found" id="found-list" />
        <p>
          <button class="button quiet" type="button" id="found-more" hidden>
            {t('search.next')}
          </button>
        </p>
      </section>
    </SheetPage>,
  );
}
