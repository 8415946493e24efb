import { emailIdentity, mailboxOf } from '../../libs/kernel/index.ts';
import type { Credentials } from '../access/sign-in/credentials.ts';

/**
 * Whose letters to an address that nobody has confirmed count together: those to the plain spelling of a mailbox, and those
 * to all its others. So whoever registers with `name+anything` keeps no letter from `name`. The address is not in it.
 */
export function letterAllowanceOf(email: string, credentials: Pick<Credentials, 'nameOf'>): string {
  const mailbox = mailboxOf(email);
  const name = credentials.nameOf(mailbox);
  return emailIdentity(email) === mailbox ? name : `${name} otherwise`;
}
