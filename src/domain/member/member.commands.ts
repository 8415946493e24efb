import { Command } from '../../../libs/kernel/index.ts';
import type { Role } from '../../../libs/words/index.ts';

/** The handle and a place of the e-mail address are reserved when this is sent; the password is hashed already. */
export class RegisterMember extends Command<{
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly email: string;
  readonly emailReserved: boolean;
  readonly passwordHash: string;
  readonly locale: string;
  readonly roles: readonly Role[];
  /** The names that are reserved for it: refused when one of them was given to another meanwhile. */
  readonly names?: readonly string[];
}> {
  readonly type = 'RegisterMember';
}

/** Before a name that was reserved for a member that never came is given to another: it shall not come with it any more. */
export class ForfeitMemberName extends Command<{ readonly memberId: string; readonly name: string }> {
  readonly type = 'ForfeitMemberName';
}

export class ChangeRoles extends Command<{ readonly memberId: string; readonly roles: readonly Role[] }> {
  readonly type = 'ChangeRoles';
}

/** Absent fields stay as they are. */
export class ChangeProfile extends Command<{
  readonly memberId: string;
  readonly displayName?: string;
  readonly locale?: string;
  readonly passwordHash?: string;
}> {
  readonly type = 'ChangeProfile';
}

export class EndSession extends Command<{
  readonly memberId: string;
  readonly sessionId: string;
  readonly expiresAt: string;
}> {
  readonly type = 'EndSession';
}

export type MemberCommand = RegisterMember | ForfeitMemberName | ChangeRoles | ChangeProfile | EndSession;
