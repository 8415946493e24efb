import type { LinkWish, SignInLinkWish } from '../../../../libs/client/index.ts';
import { PASSWORD_LIMITS, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { IsPassword, IsText, Optional } from '../../input/rules.ts';

export class PasswordResetBody implements LinkWish {
  @IsText(TEXT_LIMITS.email)
  declare readonly email: string;
}

export class SignInLinkBody implements SignInLinkWish {
  @IsText(TEXT_LIMITS.email)
  declare readonly email: string;

  @Optional()
  @IsText(TEXT_LIMITS.path)
  declare readonly next?: string;
}

export class NewPasswordBody {
  @IsPassword(PASSWORD_LIMITS)
  declare readonly password: string;
}
