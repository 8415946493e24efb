import { Query } from '@nestjs/cqrs';
import type { MemberAuthor, MemberProfile, OwnMember, Page } from '../../../libs/client/index.ts';
import type { Position } from '../../../libs/kernel/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { Membership, PlaceAtOnce, Role, TextLanguage } from '../../../libs/words/index.ts';
import type { Viewer } from '../viewer.ts';

/** Throws DomainError member_not_found. */
export class GetMemberByHandle extends Query<MemberProfile> {
  constructor(readonly handle: string) {
    super();
  }
}

/**
 * The member as its page shows it to the reader. A page that was taken away, or of somebody who was not let in, is found by staff and the member alone, and
 * everybody else is told the same as of a handle that nobody has. Throws DomainError member_not_found.
 */
export class GetMemberPage extends Query<MemberProfile> {
  constructor(
    readonly handle: string,
    readonly reader: Viewer,
  ) {
    super();
  }
}

export class GetOwnMember extends Query<OwnMember> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** A member with the rules of the policy because of which it waits, or waited. */
export interface MemberForStaff extends OwnMember {
  readonly heldBy: readonly string[];
}

/** A member who waits; `heldRoles` are those that count once it is let in. */
export interface NewcomerForStaff extends MemberAuthor, Pick<MemberForStaff, 'createdAt' | 'heldBy'> {
  readonly heldRoles: readonly Role[];
}

/** The members who wait to be let in, as moderators see them, the longest waiting first. */
export class GetWaitingMembers extends Query<readonly NewcomerForStaff[]> {
  constructor(readonly most: number) {
    super();
  }
}

/** All roles that the log names, also those that count only once the member is let in. Throws DomainError member_not_found. */
export class GetHeldRoles extends Query<readonly Role[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** How many wait to be let in. */
export class CountWaitingMembers extends Query<number> {}

/** Members by their ids as others see them; null for erased and unknown ones. */
export class GetAuthors extends Query<ReadonlyMap<string, MemberAuthor | null>> {
  constructor(readonly memberIds: readonly string[]) {
    super();
  }
}

/** Which members are listed; undefined fields ask for nothing. */
export interface MemberWish {
  /** A part of the handle or the name, or a whole e-mail address for those who may see addresses. */
  readonly q?: string;
  readonly role?: Role;
  readonly membership?: Membership;
}

/** Newest first. A page may be shorter than asked for, and even empty, though more follow: `next` tells. */
export class ListMembers extends Query<Page<MemberForStaff>> {
  constructor(
    readonly wish: MemberWish,
    readonly page: { readonly limit: number; readonly cursor: string | null },
    readonly seesAddresses: boolean,
  ) {
    super();
  }
}

/**
 * The member's standing, which each request reads synchronously; undefined when the views know no member of that id.
 */
export interface Standing {
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  /** Those that count: see rolesInForce. */
  readonly roles: readonly Role[];
  readonly locale: string;
  /** The languages that it reads; absent for all. */
  readonly reads?: readonly TextLanguage[];
  /** Where it wants translations of what it does not read; absent where it asks for each. */
  readonly translationsShown?: PlaceAtOnce;
  /** Sessions signed before this moment have ended (RFC 3339). */
  readonly sessionsFrom: string;
  /** The event that last ended all sessions from before it: one ended all others, or the password changed. Null for none. */
  readonly othersEnded: {
    readonly position: Position;
    /** The session that went on; null for none. */
    readonly except: string | null;
  } | null;
  /** Nobody can sign in to this account. */
  readonly banned: boolean;
  /** Whether it may contribute. */
  readonly membership: Membership;
}

/** Answers from the members view, cached by the revision of its rows. */
export interface Standings {
  of(memberId: string): Promise<Standing | undefined>;
  /** The object that `of` gave, until anything of the member changes; then undefined until `of` is called. */
  known(memberId: string): Standing | undefined;
  /** True when the session was signed out. */
  ended(sessionId: string): boolean;
}

/** The injection token under which `Standings` is provided. */
export const STANDINGS = Symbol('Standings');

/** Whether anybody has become a member yet. */
export interface FirstRun {
  /** True while the forum has no member; false while the views have not read the log yet. */
  nobody(): boolean;
}

/** The injection token of FirstRun. */
export const FIRST_RUN = Symbol('FirstRun');

/** The members view's message after a commit: the member whose row changed, or the session that was signed out. */
export interface MemberProjected {
  readonly memberId: string;
  readonly endedSessionId: string | null;
}

export const membersChanges = changesOf<MemberProjected>('members');
