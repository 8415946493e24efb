import { Query } from '@nestjs/cqrs';
import type { OwnSession, Page, Passkey } from '../../../libs/client/index.ts';

/** A session of somebody who looks at its own devices. */
export interface PresentSession {
  readonly sessionId: string;
  /** RFC 3339: when it signed in, and when its session is over at the latest. */
  readonly openedAt: string;
  readonly endsAt: string;
}

/**
 * The sessions that go on, newest first. Those that were unused for longer than the limit are left out. The present one is
 * among the first page also when it began before sessions were recorded.
 */
export class GetOwnSessions extends Query<Page<OwnSession>> {
  constructor(
    readonly memberId: string,
    readonly present: PresentSession,
    readonly page: {
      readonly limit: number;
      readonly cursor: string | null;
      /** `2015-10-05`: a session that was seen last before this day is over. */
      readonly seenSince: string;
    },
  ) {
    super();
  }
}

export interface WaysIn {
  /** Null while it is off. */
  readonly secondFactor: {
    /** RFC 3339. */
    readonly turnedOnAt: string;
    readonly recoveryCodesLeft: number;
  } | null;
  /** Oldest first. */
  readonly passkeys: readonly Passkey[];
}

export class GetWaysIn extends Query<WaysIn> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** What admins see of members' sign-ins; a member that never signed in since this was recorded is left out. */
export interface SignInFacts {
  /** `2015-10-05`, in UTC. */
  readonly lastSeenOn: string | null;
  readonly secondFactor: boolean;
}

export class GetSignInFacts extends Query<ReadonlyMap<string, SignInFacts>> {
  constructor(readonly memberIds: readonly string[]) {
    super();
  }
}
