import type { InvitationOutcome, Role } from '../words/index.ts';
import type { Timestamp, Uuid } from './formats.ts';
import type { MemberAuthor } from './shapes.ts';

export interface Invitation {
  readonly id: Uuid;
  /** The roles of whoever comes with it, besides `member`. */
  readonly roles: readonly Role[];
  /** Whom it was made for, in the admin's words. */
  readonly email: string | null;
  readonly note: string;
  readonly state: InvitationOutcome;
  readonly createdAt: Timestamp;
  readonly expiresAt: Timestamp;
  /** Null for somebody whose account was erased, as `usedBy`. */
  readonly by: MemberAuthor | null;
  readonly usedBy: MemberAuthor | null;
}

/** The token is shown this once; with it one person registers. */
export interface NewInvitation {
  readonly invitation: Invitation;
  readonly token: string;
  /** The address of the page to register with it. */
  readonly url: string;
}
