import type { Role } from '../domain/member/member.events.ts';

/** Who looks: what a query shows depends on it. Null is a reader without an account. */
export type Viewer = { readonly memberId: string; readonly roles: readonly Role[] } | null;

/** Moderators and admins see held and removed text. */
export function seesHidden(viewer: Viewer): boolean {
  return viewer !== null && viewer.roles.some((role) => role === 'moderator' || role === 'admin');
}

/** Editors and admins see posts that are scheduled or withdrawn. */
export function seesUnpublished(viewer: Viewer): boolean {
  return viewer !== null && viewer.roles.some((role) => role === 'editor' || role === 'admin');
}

/** Looking back, auditors see it too. */
export function seesHiddenPast(viewer: Viewer): boolean {
  return seesHidden(viewer) || (viewer !== null && viewer.roles.includes('auditor'));
}
