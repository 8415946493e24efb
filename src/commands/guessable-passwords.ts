import { isCommonPassword } from '../../libs/common-passwords/index.ts';
import { DomainError, foldName } from '../../libs/kernel/index.ts';

/**
 * Refuses a password that people guess first: a common one, the member's own handle, name or e-mail address, or any of
 * these twice or more. Throws DomainError `invalid`.
 */
export async function refuseGuessable(
  password: string,
  own: { readonly handle: string; readonly displayName: string; readonly email: string | null },
): Promise<void> {
  const unit = repeatedIn(foldName(password.trim()));
  const address = own.email === null ? [] : [own.email, own.email.split('@')[0] ?? ''];
  const names = [own.handle, own.displayName, ...address].map((name) => foldName(name.trim()));
  if (names.includes(unit)) throw refusal('must not be your own name or address');
  if (unit.length === 1 || (await isCommonPassword(unit)))
    throw refusal('is among the passwords that are tried first; choose another');
}

/** The shortest text that gives this one when repeated; the text itself when there is no shorter one. */
function repeatedIn(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return text.slice(0, at);
}

function refusal(message: string): DomainError {
  return new DomainError('invalid', `password ${message}`, [{ field: 'password', message }]);
}
