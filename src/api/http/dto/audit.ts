import { POSITION_PATTERN } from '../../../../libs/words/index.ts';
import { IsChoice, IsForm, IsMoment, IsText, Optional } from '../../input/rules.ts';

/** The most events on one page of JSON. */
export const MOST_EVENTS = 1_000;

const LIMIT = /^([1-9]\d{0,2}|1000)$/;
const TYPE = '[A-Z][A-Za-z]{0,59}(\\.v[1-9]\\d{0,2})?';

/** The filter for events; every field may be left out. */
export class EventFilterQuery {
  @Optional()
  @IsForm(
    new RegExp(`^${TYPE}(,${TYPE}){0,19}$`),
    'one type or up to 20 with commas between, such as CommentPosted or CommentPosted.v1',
  )
  declare readonly type?: string;

  @Optional()
  @IsText({ min: 1, max: 300, lines: 'one' })
  declare readonly stream?: string;

  @Optional()
  @IsText({ min: 1, max: 120, lines: 'one' })
  declare readonly actor?: string;

  @Optional()
  @IsText({ min: 1, max: 120, lines: 'one' })
  declare readonly correlation?: string;

  @Optional()
  @IsText({ min: 1, max: 120, lines: 'one' })
  declare readonly causation?: string;

  @Optional()
  @IsMoment()
  declare readonly from?: string;

  @Optional()
  @IsMoment()
  declare readonly to?: string;
}

export class EventsQuery extends EventFilterQuery {
  @Optional()
  @IsForm(POSITION_PATTERN, 'a position in decimal digits')
  declare readonly after?: string;

  @Optional()
  @IsForm(POSITION_PATTERN, 'a position in decimal digits')
  declare readonly before?: string;

  @Optional()
  @IsForm(LIMIT, `a whole number from 1 to ${MOST_EVENTS}`)
  declare readonly limit?: string;

  /** In place of the header `Accept`, for a plain link. */
  @Optional()
  @IsChoice(['json', 'ndjson', 'csv'])
  declare readonly format?: 'json' | 'ndjson' | 'csv';
}

export class LooksQuery {
  @Optional()
  @IsChoice(['look', 'export', 'roles'])
  declare readonly kind?: 'look' | 'export' | 'roles';

  @Optional()
  @IsText({ min: 1, max: 60, lines: 'one' })
  declare readonly member?: string;

  @Optional()
  @IsForm(POSITION_PATTERN, 'a position in decimal digits')
  declare readonly before?: string;

  @Optional()
  @IsForm(/^([1-9]\d?|100)$/, 'a whole number from 1 to 100')
  declare readonly limit?: string;
}
