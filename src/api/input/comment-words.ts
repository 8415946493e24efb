import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { IsId, IsText, Nullable } from './rules.ts';

/** The texts that a writer may send and gets back, whichever way it writes. */
export class CommentWords {
  @Nullable()
  @IsId()
  declare readonly parentId?: string | null;

  @IsText(TEXT_LIMITS.comment)
  declare readonly body: string;
}
