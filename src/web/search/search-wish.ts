import { dayStart, FOUND_KINDS, SEARCH_SORTS } from '../../../libs/words/index.ts';
import type { SearchFilter, TextsWish } from '../../views/search/search.query-types.ts';
import { textIn } from '../shell/paths.ts';

/** What the form of the page says, as it was typed. */
export interface TypedSearch {
  readonly q: string;
  readonly in: '' | (typeof FOUND_KINDS)[number];
  readonly author: string;
  readonly tag: string;
  readonly post: string;
  /** Days such as 2015-10-05. */
  readonly from: string;
  readonly to: string;
  readonly sort: (typeof SEARCH_SORTS)[number];
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;
/** Characters of a field; a longer one is cut, since nothing is named so. */
const MOST = 200;
/** The same of the words, which the search itself finds too long. */
const MOST_WORDS = 2_000;

export function typedSearch(query: unknown): TypedSearch {
  const line = (name: string, most = MOST): string =>
    textIn(query, name)
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, most)
      .toWellFormed();
  const day = (name: string): string =>
    DAY.test(line(name)) && !Number.isNaN(Date.parse(line(name))) ? line(name) : '';
  return {
    q: line('q', MOST_WORDS),
    in: FOUND_KINDS.find((kind) => kind === line('in')) ?? '',
    author: line('author'),
    tag: line('tag').replace(/^#\s*/, ''),
    post: line('post'),
    from: day('from'),
    to: day('to'),
    sort: SEARCH_SORTS.find((sort) => sort === line('sort')) ?? 'relevance',
  };
}

/** Whether more than words is asked for. */
export function isNarrowed({ q: _, ...rest }: TypedSearch): boolean {
  const { sort, ...filters } = rest;
  return sort !== 'relevance' || Object.values(filters).some((value) => value !== '');
}

/** Whether its days leave no moment between them. */
export function daysCross({ from, to }: TypedSearch): boolean {
  return from !== '' && to !== '' && from > to;
}

/** The words alone, in the order that was chosen. */
export function withoutFilters({ q, sort }: TypedSearch): TypedSearch {
  return { q, sort, in: '', author: '', tag: '', post: '', from: '', to: '' };
}

/** Its days are those of the zone, as everywhere on pages. */
export function wishOf(
  typed: TypedSearch,
  zone: string,
  page: Pick<TextsWish, 'limit' | 'cursor' | 'isTyping'>,
): TextsWish {
  return { q: typed.q, filter: filterOf(typed, zone), sort: typed.sort, ...page };
}

function filterOf({ in: kind, author, tag, post, from, to }: TypedSearch, zone: string): SearchFilter {
  return {
    kinds: kind === '' ? FOUND_KINDS : [kind],
    ...(author !== '' && { author: author.replace(/^@/, '') }),
    ...(tag !== '' && { tag }),
    ...(post !== '' && { post }),
    ...(from !== '' && { from: dayStart(zone, Date.parse(from)) }),
    ...(to !== '' && { to: dayStart(zone, Date.parse(to) + DAY_MS) }),
  };
}

/** The heading of what was found: keyboard and screen reader go on there after the form, and on a further page. */
export const FOUND_HEADING = 'found-words';

/** Where a page of a search begins, and how many results the pages before it have. */
export interface SearchPlace {
  readonly cursor: string;
  readonly before: number;
}

/** Results of which an address may say that they were on the pages before. */
const MOST_BEFORE = 1_000_000;

/** Zero where the address does not tell. */
export function resultsBefore(query: unknown): number {
  const told = Number(textIn(query, 'before'));
  return Number.isInteger(told) && told > 0 && told <= MOST_BEFORE ? told : 0;
}

/** The address of a search, or of a later page of it. */
export function searchHref(typed: TypedSearch, place: SearchPlace | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(typed)) {
    if (value !== '' && !(name === 'sort' && value === 'relevance')) query.append(name, value);
  }
  if (place !== null) {
    query.append('cursor', place.cursor);
    query.append('before', String(place.before));
  }
  return `/search?${query}`;
}

/** The same, at what was found. */
export function foundHref(typed: TypedSearch, place: SearchPlace | null): string {
  return `${searchHref(typed, place)}#${FOUND_HEADING}`;
}
