import type {
  AddedPasskey,
  CodeSent,
  FreshPassword,
  LinkLogin,
  Login,
  PasskeySignIn,
  SignInWish,
  SsoLogin,
} from '../../../../libs/client/index.ts';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { KNOWN_PASSWORD_LIMITS, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { IsObject, IsPassword, IsText, Optional } from '../../input/rules.ts';

/**
 * One way to sign in: `login` and `password`, with `code` where the member has a second factor, `link` of a mail with `code` likewise,
 * `passkey`, or `sso`, a token of the host blog.
 */
export class SignInBody implements Partial<SignInWish & LinkLogin & PasskeySignIn & SsoLogin> {
  @Optional()
  @IsText(TEXT_LIMITS.login)
  declare readonly login?: string;

  @Optional()
  @IsPassword(KNOWN_PASSWORD_LIMITS)
  declare readonly password?: string;

  @Optional()
  @IsText(TEXT_LIMITS.code)
  declare readonly code?: string;

  @Optional()
  @IsText(TEXT_LIMITS.link)
  declare readonly link?: string;

  @Optional()
  @IsObject()
  declare readonly passkey?: object;

  @Optional()
  @IsText(TEXT_LIMITS.ssoToken)
  declare readonly sso?: string;
}

/** The login of a body. Throws DomainError `invalid` that names what is missing. */
export function loginIn({ login, password, code }: SignInBody): Login & { readonly code?: string } {
  if (login !== undefined && password !== undefined) {
    return { login, password, ...(code === undefined ? {} : { code }) };
  }
  const missing = [...(login === undefined ? ['login'] : []), ...(password === undefined ? ['password'] : [])];
  const errors = missing.map((field) => ({ field, message: 'is missing' }));
  throw new DomainError('invalid', `${errors.map(({ field }) => `${field} is missing`).join('; ')}.`, errors);
}

export class CodeBody implements CodeSent {
  @IsText(TEXT_LIMITS.code)
  declare readonly code: string;
}

export class FreshBody implements FreshPassword {
  @Optional()
  @IsPassword(KNOWN_PASSWORD_LIMITS)
  declare readonly password?: string;
}

export class PasskeyBody implements AddedPasskey {
  @IsObject()
  declare readonly passkey: object;

  @Optional()
  @IsText(TEXT_LIMITS.passkeyName)
  declare readonly name?: string;
}
