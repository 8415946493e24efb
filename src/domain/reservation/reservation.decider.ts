import { type Decider, DomainError, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { LEAVING_ADMINS, lastAdmin, nameTaken } from './names.ts';
import type { LetAdminGo, ReleaseName, ReservationCommand, ReserveName, TakeTurn } from './reservation.commands.ts';
import type { ReservationEvent } from './reservation.events.ts';

/**
 * A name's holder is expected to exist within this time; after it, a crash is the likelier cause. A holder that was
 * only slow finds that its name was given away: see `ForfeitMemberName`.
 */
export const HOLDER_COMES_WITHIN_SECONDS = 60;

export interface ReservationNeeds {
  /** The present holder (a member, a post) when it should exist by now and does not; null otherwise. */
  readonly absent: string | null;
  /** For a turn: the time of the member's last comment here that needed no turn; null without one. */
  readonly lastCommentAt: string | null;
  /** For an admin who goes: all admins as the log knows them; null in the operator's programs, which may take any role. */
  readonly admins?: readonly string[] | null;
}

export interface ReservationState {
  holder: string | null;
  /** RFC 3339: when the present holder took it. */
  since: string;
  /** Admins on the way out, with the time (RFC 3339) of each one's leave. */
  readonly leaving: Map<string, string>;
}

export const reservationDecider: Decider<ReservationState, ReservationCommand, ReservationEvent, ReservationNeeds> = {
  initial: () => ({ holder: null, since: '', leaving: new Map() }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'ReserveName':
        return reserve(command, state, needed);
      case 'ReleaseName':
        return release(command, state);
      case 'TakeTurn':
        return takeTurn(command, state, needed);
      case 'LetAdminGo':
        return letAdminGo(command, state, needed);
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: ReservationState, fact: Remembered<ReservationEvent>): ReservationState {
  switch (fact.type) {
    case 'NameReserved.v1':
      state.holder = fact.data.holder;
      state.since = fact.envelope.recordedAt;
      if (fact.data.name === LEAVING_ADMINS) leave(state.leaving, fact.data.holder, state.since);
      return state;
    case 'NameReleased.v1':
      if (state.holder === fact.data.holder) state.holder = null;
      state.leaving.delete(fact.data.holder);
      return state;
    default:
      return unreachable(fact);
  }
}

function reserve(
  { data, meta }: ReserveName,
  state: ReservationState,
  needed: ReservationNeeds,
): readonly ReservationEvent[] {
  const { name, holder } = data;
  const reserved: ReservationEvent = { type: 'NameReserved.v1', data: { name, holder }, personal: null };
  if (state.holder === null) return [reserved];
  if (state.holder === holder) return [];
  if (needed.absent !== state.holder || !isOverdue(state, meta.now)) throw nameTaken(name);
  return [{ type: 'NameReleased.v1', data: { name, holder: state.holder }, personal: null }, reserved];
}

/** True for a reservation whose holder should exist by now. */
export function isOverdue({ holder, since }: ReservationState, now: string): boolean {
  return holder !== null && secondsBetween(since, now) > HOLDER_COMES_WITHIN_SECONDS;
}

function release({ data }: ReleaseName, state: ReservationState): readonly ReservationEvent[] {
  const { name, holder } = data;
  const isHeld = state.holder === holder || state.leaving.has(holder);
  return isHeld ? [{ type: 'NameReleased.v1', data: { name, holder }, personal: null }] : [];
}

function takeTurn(
  { data, meta }: TakeTurn,
  state: ReservationState,
  needed: ReservationNeeds,
): readonly ReservationEvent[] {
  const { name, holder, everySeconds } = data;
  if (state.holder === holder) return [];
  const last = state.holder === null ? needed.lastCommentAt : later(state.since, needed.lastCommentAt);
  const wait = last === null ? 0 : waitAfter(secondsBetween(last, meta.now), everySeconds);
  if (wait > 0) {
    const detail = `Slow mode: one comment every ${everySeconds} seconds; wait ${wait} more.`;
    throw new DomainError('slow_mode', detail, [], wait);
  }
  return [{ type: 'NameReserved.v1', data: { name, holder }, personal: null }];
}

/** Those who left long ago are forgotten, so that only leaves that may be under way are kept. */
function leave(leaving: Map<string, string>, holder: string, at: string): void {
  for (const [one, since] of leaving) if (secondsBetween(since, at) > HOLDER_COMES_WITHIN_SECONDS) leaving.delete(one);
  leaving.set(holder, at);
}

/**
 * An admin who goes counts no more from here on, although the member's own stream may not tell yet. A leave that did not
 * come to pass in time was lost in a crash, and then the member's stream tells.
 */
function letAdminGo(
  { data, meta }: LetAdminGo,
  { leaving }: ReservationState,
  { admins = null }: ReservationNeeds,
): readonly ReservationEvent[] {
  const { name, holder } = data;
  if (admins?.includes(holder) === false) return [];
  const isGoing = (id: string): boolean => {
    const since = leaving.get(id);
    return since !== undefined && secondsBetween(since, meta.now) <= HOLDER_COMES_WITHIN_SECONDS;
  };
  if (admins?.every((id) => id === holder || isGoing(id)) === true) throw lastAdmin();
  return [{ type: 'NameReserved.v1', data: { name, holder }, personal: null }];
}

/**
 * The wait is never longer than slow mode's own seconds. A turn that lies further in the future was taken before the
 * machine's clock was put back, and nobody waits for that time to come again.
 */
function waitAfter(secondsSince: number, everySeconds: number): number {
  if (secondsSince < -everySeconds) return 0;
  return Math.ceil(everySeconds - Math.max(0, secondsSince));
}

function later(one: string, other: string | null): string {
  return other !== null && Date.parse(other) > Date.parse(one) ? other : one;
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
