import type { CommentEdit, Guest, NewComment } from '../../../../libs/client/index.ts';
import {
  COMMENT_FILTERS,
  COMMENT_SORTS,
  type CommentFilter,
  type CommentSort,
  LONGEST_PROOF,
  MOST_PER_PAGE,
  NO_LANGUAGE,
  REVISION_PATTERN,
  type StatedLanguage,
  TEXT_LANGUAGES,
  TEXT_LIMITS,
} from '../../../../libs/words/index.ts';
import { CommentWords } from '../../input/comment-words.ts';
import {
  IsChoice,
  IsForm,
  IsId,
  IsMoment,
  IsPosition,
  IsSettings,
  IsText,
  IsWholeNumber,
  isLanguage,
  Optional,
} from '../../input/rules.ts';
import { ListQuery } from './lists.ts';

export class PostCommentBody extends CommentWords implements NewComment {
  @Optional()
  @IsId()
  declare readonly id?: string;

  /** Its texts are checked by the rules of guests' comments. */
  @Optional()
  @IsSettings({ name: isText, email: isText, locale: isLanguage }, ['name', 'email'])
  declare readonly guest?: Guest;

  @Optional()
  @IsText({ min: 1, max: LONGEST_PROOF, lines: 'one' })
  declare readonly proof?: string;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

export class PreviewBody {
  @IsText(TEXT_LIMITS.comment)
  declare readonly body: string;
}

export class EditCommentBody implements CommentEdit {
  @IsText(TEXT_LIMITS.comment)
  declare readonly body: string;

  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  declare readonly revision: number;
}

export class CommentLanguageBody {
  /** `und` for another language, or several. */
  @IsChoice([...TEXT_LANGUAGES, NO_LANGUAGE])
  declare readonly language: StatedLanguage;
}

/** `after` is a revision; the history continues with the next one. */
export class HistoryQuery {
  @Optional()
  @IsForm(/^([1-9]\d?|100)$/, `a whole number from 1 to ${MOST_PER_PAGE}`)
  declare readonly limit?: string;

  @Optional()
  @IsForm(REVISION_PATTERN, 'a revision, such as 3')
  declare readonly after?: string;
}

/** Revisions, as the history numbers them. */
export class DiffQuery {
  @IsForm(REVISION_PATTERN, 'a revision, such as 0')
  declare readonly from: string;

  @IsForm(REVISION_PATTERN, 'a revision, such as 3')
  declare readonly to: string;
}

/**
 * `position` means the log's beginning up to there; `at` means everything that had happened by then, by `occurredAt`.
 * Only one of the two is given.
 */
export class ThreadQuery extends ListQuery {
  @Optional()
  @IsChoice(COMMENT_SORTS)
  declare readonly sort?: CommentSort;

  /** Not of a moment. */
  @Optional()
  @IsChoice(COMMENT_FILTERS)
  declare readonly only?: CommentFilter;

  @Optional()
  @IsMoment()
  declare readonly at?: string;

  @Optional()
  @IsPosition()
  declare readonly position?: string;
}

/** From `after` (a position) or `since` (a time) to `position` or `at`, or to now. */
export class ChangesQuery extends ListQuery {
  @Optional()
  @IsPosition()
  declare readonly after?: string;

  @Optional()
  @IsMoment()
  declare readonly since?: string;

  @Optional()
  @IsMoment()
  declare readonly at?: string;

  @Optional()
  @IsPosition()
  declare readonly position?: string;
}
