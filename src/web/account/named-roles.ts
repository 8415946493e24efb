import type { Role } from '../../../libs/words/index.ts';
import type { Translator } from '../shell/i18n/translate.ts';

/** The roles in words, with commas between them; empty for somebody who has none but that of all members. */
export function namedRoles(roles: readonly Role[], { t }: Translator): string {
  return roles.flatMap((role) => (role === 'member' ? [] : [t(`role.${role}`)])).join(', ');
}
