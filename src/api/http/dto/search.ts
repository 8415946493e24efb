import { FOUND_KINDS, isDay, SEARCH_SORTS, SITE_PATTERN, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { IsChoice, IsForm, IsText, Optional } from '../../input/rules.ts';
import { ListQuery } from './lists.ts';

/** A day, or a moment of it. */
const DAY_OR_MOMENT =
  /^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)?$/;
const isOfADay = (given: string): boolean => isDay(given.split('T', 1).join());
const DAY_WORDS = 'a day such as 2015-10-05, or a moment such as 2015-10-05T08:00:00Z';
/** Characters of a search that are read at all; `parseSearch` says what is too much. */
const MOST_READ = 100_000;
const DAY_MS = 86_400_000;

export class SearchQuery extends ListQuery {
  @IsText({ min: 1, max: MOST_READ, lines: 'many' })
  declare readonly q: string;

  @Optional()
  @IsForm(/^(posts|comments)(,(posts|comments))?$/, `${FOUND_KINDS.join(', ')} or both with a comma between`)
  declare readonly in?: string;

  @Optional()
  @IsText({ min: 1, max: 200, lines: 'one' })
  declare readonly post?: string;

  @Optional()
  @IsText({ min: 1, max: 100, lines: 'one' })
  declare readonly author?: string;

  @Optional()
  @IsText(TEXT_LIMITS.tag)
  declare readonly tag?: string;

  @Optional()
  @IsForm(SITE_PATTERN, 'the origin of a site such as https://blog.example, or own')
  declare readonly site?: string;

  @Optional()
  @IsForm(DAY_OR_MOMENT, DAY_WORDS, isOfADay)
  declare readonly from?: string;

  @Optional()
  @IsForm(DAY_OR_MOMENT, DAY_WORDS, isOfADay)
  declare readonly to?: string;

  @Optional()
  @IsChoice(SEARCH_SORTS)
  declare readonly sort?: (typeof SEARCH_SORTS)[number];

  /** `true` while somebody types: the last word may go on. */
  @Optional()
  @IsChoice(['true', 'false'])
  declare readonly typing?: 'true' | 'false';
}

/** When a day, or a moment, begins; in milliseconds since 1970. */
export function beginOf(given: string): number {
  return Date.parse(given);
}

/** When a day is over; a moment is over at once. */
export function endOf(given: string): number {
  return given.includes('T') ? Date.parse(given) : Date.parse(given) + DAY_MS;
}
