import { ROLES, type Role } from './member.events.ts';

export function isModerator(roles: readonly Role[]): boolean {
  return roles.includes('moderator') || roles.includes('admin');
}

/** Whoever rules and whoever watches over it: moderators have no power over these. */
export function isOfficer(roles: readonly Role[]): boolean {
  return isModerator(roles) || roles.includes('auditor');
}

/** Editors see what is scheduled or withdrawn. */
export function isEditor(roles: readonly Role[]): boolean {
  return roles.includes('editor') || roles.includes('admin');
}

/** Each role once, in the order of ROLES, always with `member`. */
export function wholeRoles(roles: readonly Role[]): readonly Role[] {
  return ROLES.filter((role) => role === 'member' || roles.includes(role));
}
