import { ROLES, type Role } from '../../../libs/words/index.ts';

/** Each role once, in the order of ROLES, always with `member`. */
export function wholeRoles(roles: readonly Role[]): readonly Role[] {
  return ROLES.filter((role) => role === 'member' || roles.includes(role));
}
