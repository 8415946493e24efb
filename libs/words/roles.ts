import type { Membership } from './members.ts';

/** The roles of a member, in the order in which the log keeps them; every member has `member`. */
export const ROLES = ['member', 'editor', 'moderator', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The roles that an admin gives and takes. */
export const GIVEN_ROLES = ['editor', 'moderator', 'auditor', 'admin'] as const satisfies readonly Role[];

/** A member with the roles that the log names. */
interface Holder {
  readonly roles: readonly Role[];
  readonly membership: Membership;
}

/** Whoever waits to be let in, or was refused, has no right of any role that the log names. */
export function rolesInForce({ roles, membership }: Holder): readonly Role[] {
  return membership === 'active' ? roles : ['member'];
}

/** Editors see what is scheduled or withdrawn. */
export function isEditor(roles: readonly Role[]): boolean {
  return roles.includes('editor') || roles.includes('admin');
}

/** Moderators see comments that readers do not see, and decide on them. */
export function isModerator(roles: readonly Role[]): boolean {
  return roles.includes('moderator') || roles.includes('admin');
}

/** Auditors see the log and who looked at what. */
export function isAuditor(roles: readonly Role[]): boolean {
  return roles.includes('auditor') || roles.includes('admin');
}

/** The roles that moderators have no power over: moderators, auditors and admins. */
export function isOfficer(roles: readonly Role[]): boolean {
  return isModerator(roles) || isAuditor(roles);
}
