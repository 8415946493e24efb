/** What a member may be, in the order in which the log keeps them; every member is `member`. */
export const ROLES = ['member', 'editor', 'moderator', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Those that an admin gives and takes. */
export const GIVEN_ROLES = ['editor', 'moderator', 'auditor', 'admin'] as const satisfies readonly Role[];

/** Editors see what is scheduled or withdrawn. */
export function isEditor(roles: readonly Role[]): boolean {
  return roles.includes('editor') || roles.includes('admin');
}

/** Moderators see what readers do not, and decide on it. */
export function isModerator(roles: readonly Role[]): boolean {
  return roles.includes('moderator') || roles.includes('admin');
}

/** Auditors see the log and who looked at what. */
export function isAuditor(roles: readonly Role[]): boolean {
  return roles.includes('auditor') || roles.includes('admin');
}

/** Whoever rules and whoever watches over it: moderators have no power over these. */
export function isOfficer(roles: readonly Role[]): boolean {
  return isModerator(roles) || isAuditor(roles);
}
