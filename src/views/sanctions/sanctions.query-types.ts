import { Query } from '@nestjs/cqrs';
import type { AppealCase, MemberNote, Sanction } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';

/** Newest first. The member itself does not see the names of the moderators. */
export class GetSanctionsOf extends Query<readonly Sanction[]> {
  constructor(
    readonly memberId: string,
    readonly reader: 'member' | 'moderator',
  ) {
    super();
  }
}

/** Oldest first while open, newest first when decided; 200 at most. */
export class GetAppeals extends Query<readonly AppealCase[]> {
  constructor(readonly state: 'open' | 'decided') {
    super();
  }
}
export class CountOpenAppeals extends Query<number> {}

/** The members who are banned or suspended at a moment (RFC 3339), each once; those of the newest sanctions, 5,000 at most. */
export class GetStoppedMembers extends Query<readonly string[]> {
  constructor(readonly now: string) {
    super();
  }
}

/** Throws DomainError not_found. */
export class GetAppeal extends Query<AppealCase> {
  constructor(readonly sanctionId: string) {
    super();
  }
}

/** Newest first. */
export class GetMemberNotes extends Query<readonly MemberNote[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** The sanctions view's message after a commit: the member concerned. */
export interface SanctionProjected {
  readonly sanctionedMemberId: string;
}

export const sanctionsChanges = changesOf<SanctionProjected>('sanctions');
