import {
  MOST_CASES_SHOWN,
  POSITION_PATTERN,
  POSTS_A_PAGE,
  QUEUE_LISTS,
  type QueueListName,
} from '../../../libs/words/index.ts';
import { CommentWords } from '../input/comment-words.ts';
import { IsChoice, IsForm, IsId, IsIdList, Nullable, Optional } from '../input/rules.ts';

export class ThreadJoinPayload {
  @IsId()
  declare readonly postId: string;

  @Optional()
  @IsForm(POSITION_PATTERN, 'a position, a decimal number of 19 digits at most')
  declare readonly after?: string;
}

export class ThreadLeavePayload {
  @IsId()
  declare readonly postId: string;
}

export class ThreadTypingPayload {
  @IsId()
  declare readonly postId: string;

  @Nullable()
  @IsId()
  declare readonly parentId?: string | null;
}

/** Without a list, changes of all lists are sent; a named list must exist. */
export class ModerationJoinPayload {
  @Optional()
  @IsChoice(QUEUE_LISTS)
  declare readonly list?: QueueListName;

  @Optional()
  @IsIdList(MOST_CASES_SHOWN)
  declare readonly shown?: readonly string[];
}

export class ModerationClaimPayload {
  @Nullable()
  @IsId()
  declare readonly commentId: string | null;
}

export class AuditJoinPayload {
  @Optional()
  @IsForm(POSITION_PATTERN, 'a position in decimal digits')
  declare readonly after?: string;
}

export class NotificationsJoinPayload {
  @Optional()
  @IsForm(POSITION_PATTERN, 'a position in decimal digits')
  declare readonly after?: string;
}

export class CountsJoinPayload {
  @IsIdList(POSTS_A_PAGE)
  declare readonly postIds: readonly string[];

  @Optional()
  @IsId()
  declare readonly writer?: string;
}

export class CommentPostPayload extends CommentWords {
  @IsId()
  declare readonly id: string;

  @IsId()
  declare readonly postId: string;
}
