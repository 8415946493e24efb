import type { CommentEdit, CommentSort, NewComment } from '../../../../libs/client/index.ts';
import {
  IsChoice,
  IsForm,
  IsId,
  IsMoment,
  IsPosition,
  IsText,
  IsWholeNumber,
  Nullable,
  Optional,
} from '../../input/rules.ts';
import { ListQuery, MOST_PER_PAGE } from './lists.ts';

export const COMMENT_TEXT = { min: 1, max: 10_000, lines: 'many' } as const;

export class PostCommentBody implements NewComment {
  @Optional()
  @IsId()
  declare readonly id?: string;

  @Nullable()
  @IsId()
  declare readonly parentId?: string | null;

  @IsText(COMMENT_TEXT)
  declare readonly body: string;
}

export class EditCommentBody implements CommentEdit {
  @IsText(COMMENT_TEXT)
  declare readonly body: string;

  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  declare readonly revision: number;
}

/** `after`: a revision; the history goes on with the next one. */
export class HistoryQuery {
  @Optional()
  @IsForm(/^([1-9]\d?|100)$/, `a whole number from 1 to ${MOST_PER_PAGE}`)
  declare readonly limit?: string;

  @Optional()
  @IsForm(/^\d{1,9}$/, 'a revision, such as 3')
  declare readonly after?: string;
}

/** Revisions as the history tells them. */
export class DiffQuery {
  @IsForm(/^\d{1,9}$/, 'a revision, such as 0')
  declare readonly from: string;

  @IsForm(/^\d{1,9}$/, 'a revision, such as 3')
  declare readonly to: string;
}

export const SORTS = ['oldest', 'newest', 'best'] as const satisfies readonly CommentSort[];

/** `position`: the log's beginning up to there. `at`: all that had happened by then, by `occurredAt`. One of the two. */
export class ThreadQuery extends ListQuery {
  @Optional()
  @IsChoice(SORTS)
  declare readonly sort?: CommentSort;

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
