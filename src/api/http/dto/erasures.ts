import type {
  ImportedErasureWish,
  MemberErasureWish,
  OwnErasureWish,
  PurgeWish,
} from '../../../../libs/client/index.ts';
import {
  ERASED_COMMENTS,
  type ErasedComments,
  KNOWN_PASSWORD_LIMITS,
  TEXT_LIMITS,
} from '../../../../libs/words/index.ts';
import { IsBoolean, IsChoice, IsPassword, IsText, Optional } from '../../input/rules.ts';

export class OwnErasureBody implements OwnErasureWish {
  @IsChoice(ERASED_COMMENTS)
  declare readonly comments: ErasedComments;

  @Optional()
  @IsPassword(KNOWN_PASSWORD_LIMITS)
  declare readonly password?: string;

  @Optional()
  @IsText(TEXT_LIMITS.link)
  declare readonly link?: string;

  @Optional()
  @IsBoolean()
  declare readonly immediately?: boolean;
}

export class MemberErasureBody implements MemberErasureWish {
  @Optional()
  @IsChoice(ERASED_COMMENTS)
  declare readonly comments?: ErasedComments;

  @Optional()
  @IsPassword(KNOWN_PASSWORD_LIMITS)
  declare readonly password?: string;

  @Optional()
  @IsBoolean()
  declare readonly immediately?: boolean;
}

export class ImportedErasureBody implements ImportedErasureWish {
  @Optional()
  @IsText(TEXT_LIMITS.email)
  declare readonly email?: string;

  @Optional()
  @IsText(TEXT_LIMITS.displayName)
  declare readonly name?: string;

  @Optional()
  @IsText(TEXT_LIMITS.handle)
  declare readonly source?: string;

  @Optional()
  @IsPassword(KNOWN_PASSWORD_LIMITS)
  declare readonly password?: string;
}

export class PurgeBody implements PurgeWish {
  @IsText(TEXT_LIMITS.reason)
  declare readonly reason: string;
}
