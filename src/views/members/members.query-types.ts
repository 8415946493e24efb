import { Query } from '@nestjs/cqrs';
import type { MemberAuthor, MemberProfile, OwnMember } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { Role } from '../../../libs/words/index.ts';

/** Throws DomainError member_not_found. */
export class GetMemberByHandle extends Query<MemberProfile> {
  constructor(readonly handle: string) {
    super();
  }
}

export class GetOwnMember extends Query<OwnMember> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** Members by their ids as others see them; null for those who were erased or never were. */
export class GetAuthors extends Query<ReadonlyMap<string, MemberAuthor | null>> {
  constructor(readonly memberIds: readonly string[]) {
    super();
  }
}

/** What each request needs to know of its member; undefined when the views know none of that id. Read synchronously, per request. */
export interface Standing {
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly locale: string;
  /** Sessions signed before this moment are over (RFC 3339). */
  readonly sessionsFrom: string;
  /** Nobody comes in under this account. */
  readonly banned: boolean;
}

/** Answers from the members view, cached by its rows' revision. */
export interface Standings {
  of(memberId: string): Promise<Standing | undefined>;
  /** What `of` gave, as long as it stands: the same object until anything of the member changes, then undefined until `of` is asked. */
  known(memberId: string): Standing | undefined;
  /** True when the session was signed out. */
  ended(sessionId: string): boolean;
}

/** The injection token under which `Standings` is provided. */
export const STANDINGS = Symbol('Standings');

/** What the members view says after a commit: whose row is another one now, or which session was signed out. */
export interface MemberProjected {
  readonly memberId: string;
  readonly endedSessionId: string | null;
}

export const membersChanges = changesOf<MemberProjected>('members');
