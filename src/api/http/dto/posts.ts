import type { DiscussionChange, NewPost, PostChange, WishedPage } from '../../../../libs/client/index.ts';
import {
  DISCUSSION_STATES,
  type DiscussionState,
  MOST_PAGE_ADDRESS,
  MOST_SLOW_MODE_SECONDS,
  MOST_TAGS,
  TEXT_LIMITS,
  WRITTEN_POST_KINDS,
  type WrittenPostKind,
} from '../../../../libs/words/index.ts';
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

export class PublishBody implements NewPost {
  @Optional()
  @IsId()
  declare readonly id?: string;

  @IsText(TEXT_LIMITS.title)
  declare readonly title: string;

  @Optional()
  @IsText(TEXT_LIMITS.title)
  declare readonly slug?: string;

  @IsText(TEXT_LIMITS.postBody)
  declare readonly body: string;

  @Nullable()
  @IsText(TEXT_LIMITS.excerpt)
  declare readonly excerpt?: string | null;

  @Optional()
  @IsTextList(TEXT_LIMITS.tag, MOST_TAGS)
  declare readonly tags?: readonly string[];

  /** Pages of other sites are made by PUT /pages. */
  @Optional()
  @IsChoice(WRITTEN_POST_KINDS)
  declare readonly kind?: WrittenPostKind;

  @Optional()
  @IsMoment()
  declare readonly publishAt?: string;

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;
}

export class PostPreviewBody {
  @IsText(TEXT_LIMITS.postBody)
  declare readonly body: string;
}

export class PageBody implements WishedPage {
  @IsText({ min: 1, max: MOST_PAGE_ADDRESS, lines: 'one' })
  declare readonly url: string;

  @Optional()
  @IsText(TEXT_LIMITS.title)
  declare readonly title?: string;
}

export class EditPostBody implements PostChange {
  @Optional()
  @IsText(TEXT_LIMITS.title)
  declare readonly title?: string;

  @Optional()
  @IsText(TEXT_LIMITS.title)
  declare readonly slug?: string;

  @Optional()
  @IsText(TEXT_LIMITS.postBody)
  declare readonly body?: string;

  @Nullable()
  @IsText(TEXT_LIMITS.excerpt)
  declare readonly excerpt?: string | null;

  @Optional()
  @IsTextList(TEXT_LIMITS.tag, MOST_TAGS)
  declare readonly tags?: readonly string[];

  @Optional()
  @IsMoment()
  declare readonly publishAt?: string;

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;

  @Optional()
  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  declare readonly revision?: number;
}

export class DiscussionBody implements DiscussionChange {
  @Optional()
  @IsChoice(DISCUSSION_STATES)
  declare readonly state?: DiscussionState;

  @Optional()
  @IsWholeNumber(0, MOST_SLOW_MODE_SECONDS)
  declare readonly slowModeSeconds?: number;

  @Nullable()
  @IsId()
  declare readonly pinnedCommentId?: string | null;

  @Nullable()
  @IsText(TEXT_LIMITS.reason)
  declare readonly reason?: string | null;
}
