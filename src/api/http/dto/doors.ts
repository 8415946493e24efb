import type { InvitationWish, MembershipChange } from '../../../../libs/client/index.ts';
import { GIVEN_ROLES, type Role, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { IsChoice, IsChoiceList, IsLanguage, IsMoment, IsText, Optional } from '../../input/rules.ts';

export class InvitationBody implements InvitationWish {
  @Optional()
  @IsChoiceList(GIVEN_ROLES)
  declare readonly roles?: readonly Role[];

  @Optional()
  @IsText(TEXT_LIMITS.email)
  declare readonly email?: string;

  @Optional()
  @IsLanguage()
  declare readonly locale?: string;

  @Optional()
  @IsText(TEXT_LIMITS.reason)
  declare readonly note?: string;

  @Optional()
  @IsMoment()
  declare readonly expiresAt?: string;
}

export class MembershipBody implements MembershipChange {
  @IsChoice(['active', 'refused'])
  declare readonly state: 'active' | 'refused';

  @Optional()
  @IsText(TEXT_LIMITS.reason)
  declare readonly reason?: string;
}
