import { isCommonPassword } from '../../libs/common-passwords/index.ts';
import { DomainError, foldName } from '../../libs/kernel/index.ts';

/** Whose password it is, and where it is for. */
export interface PasswordPlace {
  readonly handle: string;
  readonly displayName: string;
  readonly email: string | null;
  /** How the forum is called. */
  readonly forum: string;
}

/** The name of the program, which every forum of it shares. */
const PROGRAM = 'colloquy';

/**
 * Refuses a password that people guess first: a common one, the member's own handle, name or e-mail address, the
 * forum's name or the program's with nothing but digits and signs around it, or any of these twice or more. Throws
 * DomainError `invalid`.
 */
export async function refuseGuessable(password: string, own: PasswordPlace): Promise<void> {
  const unit = repeatedIn(foldName(password.trim()));
  const address = own.email === null ? [] : [own.email, own.email.split('@')[0] ?? ''];
  const names = [own.handle, own.displayName, ...address].map((name) => foldName(name.trim()));
  if (names.includes(unit)) throw refusal('must not be your own name or address');
  const bare = repeatedIn(lettersOf(unit));
  if (bare !== '' && [own.forum, PROGRAM].some((name) => lettersOf(name) === bare))
    throw refusal('must not be the name of the forum');
  if (unit.length === 1 || (await isCommonPassword(unit)))
    throw refusal('is among the passwords that are tried first; choose another');
}

/** Empty for a name without any, which no password is compared with. */
function lettersOf(text: string): string {
  return foldName(text).replaceAll(/[^\p{L}\p{M}]/gu, '');
}

/** The shortest text that gives this one when repeated; the text itself when there is no shorter one. */
function repeatedIn(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return text.slice(0, at);
}

function refusal(message: string): DomainError {
  return new DomainError('invalid', `password ${message}`, [{ field: 'password', message }]);
}
