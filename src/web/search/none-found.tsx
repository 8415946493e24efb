import { Fragment } from 'preact';
import { tooShortEnd } from '../../../libs/search/index.ts';
import { dayStart } from '../../../libs/words/index.ts';
import type { UnknownNames } from '../../views/search/search.query-types.ts';
import type { Frame } from '../shell/frame.ts';
import { date } from '../shell/i18n/moments.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { namesNobody, needsQuotes } from '../shell/named-author.ts';
import { daysCross, foundHref, searchHref, type TypedSearch, withoutFilters } from './search-wish.ts';

type Label = 'search.in' | 'search.author' | 'search.tag' | 'search.from' | 'search.to';

/** Why something cannot be looked for. */
export function whyNot({ q }: Pick<TypedSearch, 'q'>, { t }: Translator): string {
  return t(namesNobody(q) ? 'search.nobodyNamed' : 'search.cannot');
}

/** What is said of a search that found nothing. */
export function whyNone(typed: TypedSearch, { authors, tag }: UnknownNames, { t }: Translator): string {
  if (daysCross(typed)) return t('search.daysCross');
  const unknown = [
    ...authors.map((name) => t('search.nobody', { name })),
    ...(tag === null ? [] : [t('search.noTag', { tag })]),
  ];
  if (authors.length > 0 && needsQuotes(typed.q)) unknown.push(t('search.quoteNames'));
  if (unknown.length > 0) return unknown.join(' ');
  const short = tooShortEnd(typed.q);
  if (short !== null) return t('search.short', { word: short });
  return t(hasFilters(typed) ? 'search.noneFiltered' : 'search.none');
}

/** Where else the words may stand, for a search that found nothing and could have. */
export function NotSearched({
  typed,
  unknown: { authors, tag },
  translator,
}: {
  readonly typed: TypedSearch;
  readonly unknown: UnknownNames;
  readonly translator: Translator;
}) {
  if (daysCross(typed) || authors.length > 0 || tag !== null) return null;
  return <p class="hint">{translator.t('search.noTranslations')}</p>;
}

/** What a search that found nothing was narrowed to, and the way to the same words without it. */
export function FiltersInForce({ frame, typed }: { readonly frame: Frame; readonly typed: TypedSearch }) {
  const { t } = frame.translator;
  if (!hasFilters(typed)) return null;
  return (
    <>
      <ul class="in-force">
        {filtersOf(typed, frame.translator).map(([label, value]) => (
          <li key={label}>
            {t(label)}: <bdi class={classOf(label)}>{value}</bdi>
          </li>
        ))}
      </ul>
      <p>
        <a class="button quiet" href={foundHref(withoutFilters(typed), null)}>
          {t('search.withoutFilters')}
        </a>
      </p>
    </>
  );
}

/** The line that opens the filters; it tells those in force, since they stay folded beside what they found. */
export function FiltersLine({ typed, translator }: { readonly typed: TypedSearch; readonly translator: Translator }) {
  const { t } = translator;
  const order = typed.sort === 'newest' ? ([['search.sort', t('search.newest')]] as const) : [];
  const values = [...filtersOf(typed, translator), ...order];
  if (values.length === 0) return <summary>{t('search.filters')}</summary>;
  return (
    <summary>
      {t('search.filters')}:{' '}
      {values.map(([label, value], at) => (
        <Fragment key={label}>
          {at > 0 && ' · '}
          <bdi class={classOf(label)}>{value}</bdi>
        </Fragment>
      ))}
    </summary>
  );
}

/** A day is not broken by the end of a line. */
function classOf(label: Label | 'search.sort'): 'unbroken' | undefined {
  return label === 'search.from' || label === 'search.to' ? 'unbroken' : undefined;
}

/** As dates are written everywhere; empty for none. */
function dayIn(day: string, translator: Translator): string {
  if (day === '') return '';
  const start = dayStart(translator.timeZone, Date.parse(day));
  return date(new Date(start).toISOString(), { translator, isLocal: false });
}

function filtersOf(typed: TypedSearch, translator: Translator): readonly (readonly [Label, string])[] {
  const { t } = translator;
  const where = typed.in === '' ? '' : t(typed.in === 'posts' ? 'search.inPosts' : 'search.inComments');
  const filters: readonly (readonly [Label, string])[] = [
    ['search.in', where],
    ['search.author', typed.author],
    ['search.tag', typed.tag],
    ['search.from', dayIn(typed.from, translator)],
    ['search.to', dayIn(typed.to, translator)],
  ];
  return filters.filter(([, value]) => value !== '');
}

function hasFilters(typed: TypedSearch): boolean {
  return searchHref(typed, null) !== searchHref(withoutFilters(typed), null);
}
