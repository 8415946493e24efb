import type {
  DiscussionChange,
  DiscussionState,
  NewPost,
  PostChange,
  PostKind,
} from '../../../../libs/client/index.ts';
import {
  IsChoice,
  IsId,
  IsLanguage,
  IsMoment,
  IsText,
  IsTextList,
  IsWholeNumber,
  Nullable,
  Optional,
} from '../../input/rules.ts';

const TITLE = { min: 1, max: 200, lines: 'one' } as const;
const BODY = { min: 1, max: 200_000, lines: 'many' } as const;
const EXCERPT = { min: 0, max: 2_000, lines: 'many' } as const;
const TAG = { min: 1, max: 50, lines: 'one' } as const;
const MOST_TAGS = 20;
const REASON = { min: 0, max: 500, lines: 'many' } as const;

export class PublishBody implements NewPost {
  @Optional()
  @IsId()
  declare readonly id?: string;

  @IsText(TITLE)
  declare readonly title: string;

  @IsText(BODY)
  declare readonly body: string;

  @Nullable()
  @IsText(EXCERPT)
  declare readonly excerpt?: string | null;

  @Optional()
  @IsTextList(TAG, MOST_TAGS)
  declare readonly tags?: readonly string[];

  /** Pages of other sites come by PUT /pages. */
  @Optional()
  @IsChoice(['article', 'newsletter'])
  declare readonly kind?: Exclude<PostKind, 'page'>;

  @Optional()
  @IsMoment()
  declare readonly publishAt?: string;

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;
}

export class EditPostBody implements PostChange {
  @Optional()
  @IsText(TITLE)
  declare readonly title?: string;

  @Optional()
  @IsText(BODY)
  declare readonly body?: string;

  @Nullable()
  @IsText(EXCERPT)
  declare readonly excerpt?: string | null;

  @Optional()
  @IsTextList(TAG, MOST_TAGS)
  declare readonly tags?: readonly string[];

  @Optional()
  @IsMoment()
  declare readonly publishAt?: string;

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;
}

export class DiscussionBody implements DiscussionChange {
  @IsChoice(['open', 'read-only', 'closed'])
  declare readonly state: DiscussionState;

  @Optional()
  @IsWholeNumber(0, 86_400)
  declare readonly slowModeSeconds?: number;

  @Nullable()
  @IsId()
  declare readonly pinnedCommentId?: string | null;

  @Nullable()
  @IsText(REASON)
  declare readonly reason?: string | null;
}
