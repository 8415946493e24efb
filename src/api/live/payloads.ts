import type { QueueListName } from '../../../libs/client/index.ts';
import { COMMENT_TEXT } from '../http/dto/comments.ts';
import { IsChoice, IsForm, IsId, IsIdList, IsText, Nullable, Optional } from '../input/rules.ts';

/** Cases that a moderator's page shows at once. */
const MOST_SHOWN = 100;
const POSITION = /^(0|[1-9][0-9]{0,18})$/;

export class ThreadJoinPayload {
  @IsId()
  declare readonly postId: string;

  @Optional()
  @IsForm(POSITION, 'a position, a decimal number of 19 digits at most')
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

/** All lists are told of; a list that is named must be one. */
export class ModerationJoinPayload {
  @Optional()
  @IsChoice(['reported', 'held', 'rejected'])
  declare readonly list?: QueueListName;

  @Optional()
  @IsIdList(MOST_SHOWN)
  declare readonly shown?: readonly string[];
}

export class ModerationClaimPayload {
  @Nullable()
  @IsId()
  declare readonly commentId: string | null;
}

export class AuditJoinPayload {
  @Optional()
  @IsForm(POSITION, 'a position in decimal digits')
  declare readonly after?: string;
}

export class CommentPostPayload {
  @IsId()
  declare readonly id: string;

  @IsId()
  declare readonly postId: string;

  @Nullable()
  @IsId()
  declare readonly parentId?: string | null;

  @IsText(COMMENT_TEXT)
  declare readonly body: string;
}
