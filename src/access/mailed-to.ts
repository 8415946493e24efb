import { emailIdentity } from '../../libs/kernel/index.ts';

/** A member, with the confirmed address to which mails go. */
export interface MailedTo {
  readonly memberId: string;
  readonly email: string;
  /** Since when the member has the address (RFC 3339). */
  readonly emailSince: string;
}

/**
 * What is signed, so that it counts for this member alone, and while the member has the address without a break: one that
 * was changed and changed back is another.
 */
export function mailedToText({ memberId, email, emailSince }: MailedTo): string {
  return JSON.stringify([memberId, emailIdentity(email), emailSince]);
}
