import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { IsId, IsText, Nullable } from './rules.ts';

/** What a writer says and what it answers, whichever way it comes. */
export class CommentWords {
  @Nullable()
  @IsId()
  declare readonly parentId?: string | null;

  @IsText(TEXT_LIMITS.comment)
  declare readonly body: string;
}
