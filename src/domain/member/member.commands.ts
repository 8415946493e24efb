import { Command } from '../../../libs/kernel/index.ts';
import type { Membership, Role, TranslationPlace } from '../../../libs/words/index.ts';
import type { AddressCommand } from './address.commands.ts';
import type { ApproveMember, RefuseMember } from './membership.commands.ts';
import type { PasskeyCommand } from './passkeys.commands.ts';
import type { LinkedSubject, LinkProvider, UnlinkProvider } from './provider.commands.ts';
import type { Screened } from './screening.events.ts';
import type { SecondFactorCommand } from './second-factor.commands.ts';
import type { MemberSessionCommand, OpenSession } from './sessions.commands.ts';
import type { TakeBackAccount } from './take-back.commands.ts';

/**
 * Sent when the handle, a place of the e-mail address and the subject at a provider are reserved, and the password is
 * hashed. An address is left out by the host blog's members alone, a password by those who sign in by other ways.
 */
export class RegisterMember extends Command<{
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly emailReserved: boolean;
  readonly passwordHash: string | null;
  readonly locale: string;
  readonly roles: readonly Role[];
  /** `active` unless told. */
  readonly membership?: Exclude<Membership, 'refused'>;
  readonly invitationId?: string;
  /** What the policy's rules said, where they were asked. */
  readonly screened?: Screened;
  /** The provider that the member came from. */
  readonly linked?: LinkedSubject;
  /**
   * The names that are reserved for the member. The command is refused when one of them was given to another meanwhile.
   */
  readonly names?: readonly string[];
}> {
  readonly type = 'RegisterMember';
}

/**
 * Sent before a name, reserved for a member that never registered, is given to another. The member can no longer
 * register under it.
 */
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
  readonly pageHidden?: boolean;
  readonly mayBeQuoted?: boolean;
  /** The languages that it reads; empty for all. */
  readonly reads?: readonly string[];
  /** Where it wants translations of what it does not read. */
  readonly translationsShown?: TranslationPlace;
  readonly passwordHash?: string;
  /** When the password that is replaced was chosen; the command is refused when another was chosen meanwhile. */
  readonly passwordSince?: string;
  /** The session that takes the place of those that a new password ends; none unless told. */
  readonly session?: Pick<OpenSession['data'], 'sessionId' | 'expiresAt' | 'device'>;
}> {
  readonly type = 'ChangeProfile';
}

/** Sent when the erasure of the member begins. */
export class EraseMember extends Command<{ readonly memberId: string; readonly erasureId: string }> {
  readonly type = 'EraseMember';
}

export type MemberCommand =
  | EraseMember
  | RegisterMember
  | ForfeitMemberName
  | ChangeRoles
  | ChangeProfile
  | AddressCommand
  | TakeBackAccount
  | LinkProvider
  | UnlinkProvider
  | ApproveMember
  | RefuseMember
  | MemberSessionCommand
  | SecondFactorCommand
  | PasskeyCommand;
