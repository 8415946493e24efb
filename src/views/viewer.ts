import { isEditor, isModerator, type Role } from '../../libs/words/index.ts';

/** The person who looks; a query's answer depends on it. Null is a reader without an account. */
export type Viewer = { readonly memberId: string; readonly roles: readonly Role[] } | null;

/** Moderators and admins see held and removed text. */
export function seesHidden(viewer: Viewer): boolean {
  return viewer !== null && isModerator(viewer.roles);
}

/** Editors and admins see posts that are scheduled or withdrawn. */
export function seesUnpublished(viewer: Viewer): boolean {
  return viewer !== null && isEditor(viewer.roles);
}

/** When looking back, auditors see it too. */
export function seesHiddenPast(viewer: Viewer): boolean {
  return seesHidden(viewer) || (viewer !== null && viewer.roles.includes('auditor'));
}
