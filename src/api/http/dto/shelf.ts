import type { DraftSpot, DraftWish, ReadTo } from '../../../../libs/client/index.ts';
import { TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { IsBoolean, IsId, IsPosition, IsText, Nullable, Optional } from '../../input/rules.ts';

export class DraftListQuery {
  @Optional()
  @IsId()
  declare readonly postId?: string;
}

export class DraftSpotQuery implements DraftSpot {
  @IsId()
  declare readonly postId: string;

  @Optional()
  @IsId()
  declare readonly parentId?: string;

  @Optional()
  @IsId()
  declare readonly commentId?: string;
}

export class DraftBody implements DraftWish {
  @IsId()
  declare readonly postId: string;

  @Nullable()
  @IsId()
  declare readonly parentId?: string | null;

  @Nullable()
  @IsId()
  declare readonly commentId?: string | null;

  @IsText(TEXT_LIMITS.comment)
  declare readonly body: string;

  @Nullable()
  @IsPosition()
  declare readonly over?: string | null;
}

export class ReadToBody implements ReadTo {
  @IsPosition()
  declare readonly position: string;

  @Optional()
  @IsBoolean()
  declare readonly begins?: boolean;
}
