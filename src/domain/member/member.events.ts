import type { Fact } from '../../../libs/kernel/index.ts';
import type { Role } from '../../../libs/words/index.ts';

/** Stream `member-<memberId>`. Every member holds `member`; `emailReserved` is true but in old logs: see the catalogue. */
export type MemberRegistered = Fact<
  'MemberRegistered.v1',
  {
    readonly memberId: string;
    /** As the member wrote it; unique when folded. */
    readonly handle: string;
    readonly locale: string;
    readonly roles: readonly Role[];
    readonly emailReserved: boolean;
  },
  {
    readonly displayName: string;
    readonly email: string;
    /** argon2id in PHC form. */
    readonly passwordHash: string;
  }
>;
export type MemberRolesChanged = Fact<
  'MemberRolesChanged.v1',
  { readonly memberId: string; readonly roles: readonly Role[] },
  null
>;
export type MemberRenamed = Fact<'MemberRenamed.v1', { readonly memberId: string }, { readonly displayName: string }>;
export type MemberLocaleChanged = Fact<
  'MemberLocaleChanged.v1',
  { readonly memberId: string; readonly locale: string },
  null
>;
/** Every session signed before this moment ends. */
export type MemberPasswordChanged = Fact<
  'MemberPasswordChanged.v1',
  { readonly memberId: string },
  { readonly passwordHash: string }
>;
/** Signed out: the token with this session id is refused from now on; it would have been over by itself at `expiresAt` at the latest. */
export type MemberSessionEnded = Fact<
  'MemberSessionEnded.v1',
  { readonly memberId: string; readonly sessionId: string; readonly expiresAt: string },
  null
>;

/**
 * Before the member came to be, a name that was reserved for it was given to another, since it took too long: it cannot
 * come with that name any more.
 */
export type MemberNameLost = Fact<'MemberNameLost.v1', { readonly memberId: string; readonly name: string }, null>;

export type MemberEvent =
  | MemberRegistered
  | MemberRolesChanged
  | MemberRenamed
  | MemberLocaleChanged
  | MemberPasswordChanged
  | MemberSessionEnded
  | MemberNameLost;
