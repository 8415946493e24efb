import { Command } from '../../../libs/kernel/index.ts';
import type { Role } from './member.events.ts';

/** The handle is reserved, and the e-mail where it was free, when this is sent; the password is hashed already. */
export class RegisterMember extends Command<{
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly email: string;
  readonly emailReserved: boolean;
  readonly passwordHash: string;
  readonly locale: string;
  readonly roles: readonly Role[];
}> {
  readonly type = 'RegisterMember';
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

export type MemberCommand = RegisterMember | ChangeRoles | ChangeProfile | EndSession;
