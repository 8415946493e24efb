import type { IssuePeriod, PostDraftWish } from '../../../../libs/client/index.ts';
import {
  MOST_POST_DRAFTS_PER_PAGE,
  MOST_TAGS,
  TEXT_LIMITS,
  WRITTEN_POST_KINDS,
  type WrittenPostKind,
} from '../../../../libs/words/index.ts';
import { IsChoice, IsForm, IsLanguage, IsPosition, IsText, IsTextList, Nullable, Optional } from '../../input/rules.ts';
import { ListQuery } from './lists.ts';

const { title, postBody, excerpt, tag } = TEXT_LIMITS;

/** Everything may still be empty. */
export class PostDraftBody implements PostDraftWish {
  @Optional()
  @IsText({ ...title, min: 0 })
  declare readonly title?: string;

  @Optional()
  @IsText({ ...title, min: 0 })
  declare readonly slug?: string;

  @Optional()
  @IsText({ ...postBody, min: 0 })
  declare readonly body?: string;

  @Optional()
  @IsText(excerpt)
  declare readonly excerpt?: string;

  @Optional()
  @IsTextList(tag, MOST_TAGS)
  declare readonly tags?: readonly string[];

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;

  @Optional()
  @IsChoice(WRITTEN_POST_KINDS)
  declare readonly kind?: WrittenPostKind;

  @Nullable()
  @IsForm(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a time such as 2026-05-31T14:00')
  declare readonly appearAt?: string | null;

  @Nullable()
  @IsPosition()
  declare readonly over?: string | null;
}

const DAY_FORM = [/^\d{4}-\d\d-\d\d$/, 'a day such as 2026-10-01'] as const;

export class IssuePeriodBody implements IssuePeriod {
  @IsForm(...DAY_FORM)
  declare readonly from: string;

  @IsForm(...DAY_FORM)
  declare readonly to: string;
}

/** Each is opened whole for its title, so a page has few. */
export class PostDraftListQuery extends ListQuery {
  @Optional()
  @IsForm(/^([1-9]|1\d|20)$/, `a whole number from 1 to ${MOST_POST_DRAFTS_PER_PAGE}`)
  declare readonly limit?: string;
}

export class PostDraftDropQuery {
  @IsPosition()
  declare readonly over: string;
}
