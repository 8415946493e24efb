import type { Login, MemberChange, NewMember, Role, RolesChange } from '../../../../libs/client/index.ts';
import { IsChoiceList, IsLanguage, IsPassword, IsText, Optional } from '../../input/rules.ts';

export const ROLES = ['member', 'editor', 'moderator', 'auditor', 'admin'] as const satisfies readonly Role[];

export class RegisterBody implements NewMember {
  @IsText({ min: 3, max: 30, lines: 'one' })
  declare readonly handle: string;

  @IsText({ min: 1, max: 80, lines: 'one' })
  declare readonly displayName: string;

  @IsText({ min: 3, max: 254, lines: 'one' })
  declare readonly email: string;

  @IsPassword(10, 200)
  declare readonly password: string;

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;
}

export class SignInBody implements Login {
  @IsText({ min: 1, max: 254, lines: 'one' })
  declare readonly login: string;

  @IsPassword(1, 200)
  declare readonly password: string;
}

export class ChangeMeBody implements MemberChange {
  @Optional()
  @IsText({ min: 1, max: 80, lines: 'one' })
  declare readonly displayName?: string;

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;

  @Optional()
  @IsPassword(10, 200)
  declare readonly password?: string;

  @Optional()
  @IsPassword(1, 200)
  declare readonly currentPassword?: string;
}

export class RolesBody implements RolesChange {
  @IsChoiceList(ROLES)
  declare readonly roles: readonly Role[];
}
