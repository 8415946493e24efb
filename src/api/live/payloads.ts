import { COMMENT_TEXT } from '../http/dto/comments.ts';
import { IsForm, IsId, IsText, Nullable, Optional } from '../http/input/rules.ts';

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
