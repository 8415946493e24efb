import {
  MOST_PER_PAGE,
  SITE_PATTERN,
  TEXT_LIMITS,
  WRITTEN_POST_KINDS,
  type WrittenPostKind,
} from '../../../../libs/words/index.ts';
import { IsChoice, IsForm, IsText, Optional } from '../../input/rules.ts';

/** Query strings carry only texts, so `pageOf` parses `limit`. */
export class ListQuery {
  @Optional()
  @IsForm(/^([1-9]\d?|100)$/, `a whole number from 1 to ${MOST_PER_PAGE}`)
  declare readonly limit?: string;

  @Optional()
  @IsForm(/^[A-Za-z0-9_.~:-]{1,500}$/, 'what an earlier page gave as next')
  declare readonly cursor?: string;
}

/** A list of all sites, or of one. */
export class SiteListQuery extends ListQuery {
  @Optional()
  @IsForm(SITE_PATTERN, 'the origin of a site such as https://blog.example, or own')
  declare readonly site?: string;
}

export interface AskedPage {
  readonly limit: number;
  readonly cursor: string | null;
}

export function pageOf({ limit, cursor }: ListQuery, usual: number): AskedPage {
  return { limit: limit === undefined ? usual : Number(limit), cursor: cursor ?? null };
}

export class PostListQuery extends ListQuery {
  @Optional()
  @IsForm(/^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/, 'a month such as 2015-10')
  declare readonly month?: string;

  @Optional()
  @IsText(TEXT_LIMITS.tag)
  declare readonly tag?: string;

  @Optional()
  @IsText({ min: 1, max: 200, lines: 'one' })
  declare readonly q?: string;

  @Optional()
  @IsChoice(WRITTEN_POST_KINDS)
  declare readonly kind?: WrittenPostKind;
}
