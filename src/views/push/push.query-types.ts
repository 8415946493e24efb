import { Query } from '@nestjs/cqrs';
import { changesOf } from '../../../libs/projections/index.ts';

/** Told when a push, a device or a lease has changed. */
export interface PushProjected {
  readonly pushes: true;
}

export const pushChanges = changesOf<PushProjected>('push');

/** A device that is told by push. */
export interface Subscription {
  readonly subscriptionId: string;
  readonly memberId: string;
  readonly sessionId: string;
  /** RFC 3339. */
  readonly addedAt: string;
  /** The browser and system in few words; empty when nothing is known. */
  readonly device: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** The devices of a member, the newest first; one that was erased is left out. */
export class GetSubscriptions extends Query<readonly Subscription[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** Null for a device that is told no more. */
export class GetSubscription extends Query<Subscription | null> {
  constructor(readonly subscriptionId: string) {
    super();
  }
}

/** Those of a member's devices that ended with their sessions, which the log does not say yet. */
export class GetEndedSubscriptions extends Query<readonly Pick<Subscription, 'subscriptionId' | 'sessionId'>[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** Such devices of anybody, the oldest first. */
export class GetSubscriptionsToEnd extends Query<
  readonly Pick<Subscription, 'subscriptionId' | 'sessionId' | 'memberId'>[]
> {
  constructor(readonly limit: number) {
    super();
  }
}

/** A push that is to be sent, with what it tells of: after one position, up to another. */
export interface DuePush {
  readonly pushId: string;
  readonly subscriptionId: string;
  readonly memberId: string;
  readonly after: bigint;
  readonly upTo: bigint;
  /** How often it was settled: above 0 it is sent in its own place, since what it told of is gone. */
  readonly round: number;
  /** Whether its member had read since, and what it told of was still there. */
  readonly isRead: boolean;
}

export interface PushWork {
  /** The longest due first, those that failed before after the others. */
  readonly due: readonly DuePush[];
  /** When the first of the others is due, in milliseconds since 1970; null for none. */
  readonly nextAt: number | null;
  /** The newest lease; null before the first one. */
  readonly lease: { readonly holder: string; readonly until: number } | null;
}

/** The pushes that are due at the moment (milliseconds since 1970). */
export class GetPushWork extends Query<PushWork> {
  constructor(
    readonly now: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** A look at pushes that devices show, by where their members read last and then by their ids. */
export interface ReadingPlace {
  readonly reading: bigint;
  readonly pushId: string;
}

export interface PushOnDevice extends DuePush {
  readonly place: ReadingPlace;
}

/**
 * The pushes that devices show and whose members have read something since: after a place (null: from the first on), by
 * what happened up to a position.
 */
export class GetShownPushes extends Query<readonly PushOnDevice[]> {
  constructor(
    readonly after: ReadingPlace | null,
    readonly upTo: bigint,
    readonly limit: number,
  ) {
    super();
  }
}
