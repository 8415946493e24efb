import type { MemberChange, NewMember, RolesChange } from '../../../../libs/client/index.ts';
import {
  KNOWN_PASSWORD_LIMITS,
  type ListedState,
  LONGEST_PROOF,
  MEMBER_STATES,
  PASSWORD_LIMITS,
  ROLES,
  type Role,
  TEXT_LANGUAGES,
  TEXT_LIMITS,
  type TextLanguage,
  TRANSLATION_PLACES,
  type TranslationPlace,
} from '../../../../libs/words/index.ts';
import {
  IsBoolean,
  IsChoice,
  IsChoiceList,
  IsLanguage,
  IsNull,
  IsPassword,
  IsText,
  Optional,
} from '../../input/rules.ts';
import { ListQuery } from './lists.ts';

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

  @Optional()
  @IsText({ min: 1, max: 100, lines: 'one' })
  declare readonly founderCode?: string;

  @Optional()
  @IsText({ min: 1, max: LONGEST_PROOF, lines: 'one' })
  declare readonly proof?: string;
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

  @Optional()
  @IsText(TEXT_LIMITS.email)
  declare readonly email?: string;

  @Optional()
  @IsNull()
  declare readonly pendingEmail?: null;

  @Optional()
  @IsBoolean()
  declare readonly pageHidden?: boolean;

  @Optional()
  @IsBoolean()
  declare readonly mayBeQuoted?: boolean;

  @Optional()
  @IsChoiceList(TEXT_LANGUAGES)
  declare readonly reads?: readonly TextLanguage[];

  @Optional()
  @IsChoice(TRANSLATION_PLACES)
  declare readonly translationsShown?: TranslationPlace;
}

export class RolesBody implements RolesChange {
  @IsChoiceList(ROLES)
  declare readonly roles: readonly Role[];
}

export class MemberListQuery extends ListQuery {
  @Optional()
  @IsText({ min: 1, max: 254, lines: 'one' })
  declare readonly q?: string;

  @Optional()
  @IsChoice(ROLES)
  declare readonly role?: Role;

  @Optional()
  @IsChoice(MEMBER_STATES)
  declare readonly state?: ListedState;
}
