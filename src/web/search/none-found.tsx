import { endsTooShort } from '../../../libs/search/index.ts';
import type { UnknownNames } from '../../views/search/search.query-types.ts';
import type { Frame } from '../shell/frame.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { lastWord } from '../shell/last-word.ts';
import { daysCross, searchHref, type TypedSearch, withoutFilters } from './search-wish.ts';

type Label = 'search.in' | 'search.author' | 'search.tag' | 'search.from' | 'search.to';

/** What is said of a search that found nothing. */
export function whyNone(typed: TypedSearch, { authors, tag }: UnknownNames, { t }: Translator): string {
  if (daysCross(typed)) return t('search.daysCross');
  const unknown = [
    ...authors.map((name) => t('search.nobody', { name })),
    ...(tag === null ? [] : [t('search.noTag', { tag })]),
  ];
  if (unknown.length > 0) return unknown.join(' ');
  if (endsTooShort(typed.q)) return t('search.short', { word: lastWord(typed.q) });
  return t(hasFilters(typed) ? 'search.noneFiltered' : 'search.none');
}

/** What a search that found nothing was narrowed to, and the way to the same words without it. */
export function FiltersInForce({ frame, typed }: { readonly frame: Frame; readonly typed: TypedSearch }) {
  const { t } = frame.translator;
  if (!hasFilters(typed)) return null;
  const where = typed.in === '' ? '' : t(typed.in === 'posts' ? 'search.inPosts' : 'search.inComments');
  const filters: readonly (readonly [Label, string])[] = [
    ['search.in', where],
    ['search.author', typed.author],
    ['search.tag', typed.tag],
    ['search.from', typed.from],
    ['search.to', typed.to],
  ];
  return (
    <>
      <ul class="in-force">
        {filters
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <li key={label}>
              {t(label)}: <bdi>{value}</bdi>
            </li>
          ))}
      </ul>
      <p>
        <a class="button quiet" href={searchHref(withoutFilters(typed), null)}>
          {t('search.withoutFilters')}
        </a>
      </p>
    </>
  );
}

function hasFilters(typed: TypedSearch): boolean {
  return searchHref(typed, null) !== searchHref(withoutFilters(typed), null);
}
