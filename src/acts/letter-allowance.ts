import { emailIdentity, mailboxOf } from '../../libs/kernel/index.ts';

/**
 * Whose letters to an address that nobody has confirmed count together: those to the plain spelling of a mailbox, and those
 * to all its others. So whoever registers with `name+anything` keeps no letter from `name`.
 */
export function letterAllowanceOf(email: string): string {
  const mailbox = mailboxOf(email);
  return emailIdentity(email) === mailbox ? mailbox : `other spellings of ${mailbox}`;
}
