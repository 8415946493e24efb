import type { MemberChange, NewMember, RolesChange } from '../../../../libs/client/index.ts';
import { KNOWN_PASSWORD_LIMITS, PASSWORD_LIMITS, ROLES, type Role, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { IsChoiceList, IsLanguage, IsPassword, IsText, Optional } from '../../input/rules.ts';

export class RegisterBody implements NewMember {
  @IsText(TEXT_LIMITS.handle)
  declare readonly handle: string;

  @IsText(TEXT_LIMITS.displayName)
  declare readonly displayName: string;

  @IsText(TEXT_LIMITS.email)
  declare readonly email: string;

  @IsPassword(PASSWORD_LIMITS)
  declare readonly password: string;

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;

  @Optional()
  @IsText(TEXT_LIMITS.invitation)
  declare readonly invitation?: string;
}

export class ChangeMeBody implements MemberChange {
  @Optional()
  @IsText(TEXT_LIMITS.displayName)
  declare readonly displayName?: string;

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;

  @Optional()
  @IsPassword(PASSWORD_LIMITS)
  declare readonly password?: string;

  @Optional()
  @IsPassword(KNOWN_PASSWORD_LIMITS)
  declare readonly currentPassword?: string;
}

export class RolesBody implements RolesChange {
  @IsChoiceList(ROLES)
  declare readonly roles: readonly Role[];
}
