import { type Decider, DomainError, isErased, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import {
  DAY_TIME_PATTERN,
  MOST_FOLLOWED,
  MOST_IGNORED,
  MOST_MUTED,
  type NotificationWays,
  USUAL_WAYS,
  wholeWays,
  zoneNamed,
} from '../../../libs/words/index.ts';
import { type PostFacts, requirePublicPost } from '../post/post.facts.ts';
import type { ChooseNotifications, InboxCommand, NotificationsWish } from './inbox.commands.ts';
import type { InboxEvent, NotificationsChosen, QuietHours } from './inbox.events.ts';

export interface InboxNeeds {
  /** The post whose discussion is to be followed or muted. */
  readonly post: PostFacts | null;
  /** Whether the member to be ignored is one. */
  readonly isMember: boolean;
}

export interface InboxState {
  /** By choice: those that the member follows by commenting are known to nobody but the view. */
  readonly followed: Map<string, boolean>;
  muted: readonly string[];
  ignored: readonly string[];
  ways: NotificationWays;
  followOwn: boolean;
  quietHours: QuietHours | null;
  timeZone: string | null;
  readUpTo: bigint;
}

export const inboxDecider: Decider<InboxState, InboxCommand, InboxEvent, InboxNeeds> = {
  initial: () => ({
    followed: new Map(),
    muted: [],
    ignored: [],
    ways: USUAL_WAYS,
    followOwn: true,
    quietHours: null,
    timeZone: null,
    readUpTo: 0n,
  }),
  decide: (command, state, needed) => {
    const { memberId } = command.data.by;
    switch (command.type) {
      case 'FollowDiscussion':
        return follow(command.data.postId, state, () => requireFound(command, needed), memberId);
      case 'UnfollowDiscussion':
        return followed(state, command.data.postId) === false
          ? []
          : [{ type: 'DiscussionUnfollowed.v1', data: { memberId, postId: command.data.postId }, personal: null }];
      case 'MuteDiscussion': {
        if (state.muted.includes(command.data.postId)) return [];
        requireFound(command, needed);
        return muted(memberId, withOne(state.muted, command.data.postId, MOST_MUTED));
      }
      case 'UnmuteDiscussion':
        if (!state.muted.includes(command.data.postId)) return [];
        return muted(memberId, without(state.muted, command.data.postId));
      case 'IgnoreMember':
        return ignore(command.data.memberId, state, needed, memberId);
      case 'HeedMember':
        if (!state.ignored.includes(command.data.memberId)) return [];
        return ignored(memberId, without(state.ignored, command.data.memberId));
      case 'ChooseNotifications':
        return choose(command, state);
      case 'MarkNotificationsRead':
        if (command.data.upTo <= state.readUpTo) return [];
        return [{ type: 'NotificationsRead.v1', data: { memberId, upTo: String(command.data.upTo) }, personal: null }];
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: InboxState, fact: Remembered<InboxEvent>): InboxState {
  switch (fact.type) {
    case 'DiscussionFollowed.v1':
      state.followed.set(fact.data.postId, true);
      return state;
    case 'DiscussionUnfollowed.v1':
      state.followed.set(fact.data.postId, false);
      return state;
    case 'MutesChanged.v1':
      state.muted = isErased(fact.personal) ? [] : fact.personal.muted;
      return state;
    case 'IgnoresChanged.v1':
      state.ignored = isErased(fact.personal) ? [] : fact.personal.ignored;
      return state;
    case 'NotificationsChosen.v1':
      state.ways = wholeWays(fact.data.ways);
      state.followOwn = fact.data.followOwn;
      state.quietHours = isErased(fact.personal) ? null : fact.personal.quietHours;
      state.timeZone = isErased(fact.personal) ? null : fact.personal.timeZone;
      return state;
    case 'NotificationsRead.v1':
      state.readUpTo = BigInt(fact.data.upTo);
      return state;
    case 'MemberTold.v1':
    case 'DevicesTold.v1':
      return state;
    default:
      return unreachable(fact);
  }
}

/** Undefined where the member has chosen nothing. */
function followed(state: InboxState, postId: string): boolean | undefined {
  return state.followed.get(postId);
}

function follow(postId: string, state: InboxState, requirePost: () => void, memberId: string): readonly InboxEvent[] {
  if (followed(state, postId) === true) return [];
  requirePost();
  const chosen = [...state.followed.values()].filter((follows) => follows).length;
  if (chosen >= MOST_FOLLOWED) throw tooMany(`You follow ${MOST_FOLLOWED} discussions; stop following one first.`);
  return [{ type: 'DiscussionFollowed.v1', data: { memberId, postId }, personal: null }];
}

function requireFound(
  { data, meta }: { data: { by: InboxCommand['data']['by'] }; meta: { now: string } },
  needed: InboxNeeds,
): void {
  requirePublicPost(needed.post, data.by.roles, meta.now);
}

function ignore(other: string, state: InboxState, needed: InboxNeeds, memberId: string): readonly InboxEvent[] {
  if (state.ignored.includes(other)) return [];
  if (!needed.isMember || other === memberId) throw new DomainError('member_not_found', 'There is no such member.');
  return ignored(memberId, withOne(state.ignored, other, MOST_IGNORED));
}

function withOne(list: readonly string[], one: string, most: number): readonly string[] {
  if (list.length >= most) throw tooMany(`There are ${most} already; take one off first.`);
  return [...list, one];
}

function without(list: readonly string[], one: string): readonly string[] {
  return list.filter((other) => other !== one);
}

function tooMany(detail: string): DomainError {
  return new DomainError('conflict', detail);
}

function muted(memberId: string, list: readonly string[]): readonly InboxEvent[] {
  return [{ type: 'MutesChanged.v1', data: { memberId }, personal: { muted: list } }];
}

function ignored(memberId: string, list: readonly string[]): readonly InboxEvent[] {
  return [{ type: 'IgnoresChanged.v1', data: { memberId }, personal: { ignored: list } }];
}

/** Nothing is recorded where nothing changes. */
function choose({ data: { by, wish } }: ChooseNotifications, state: InboxState): readonly InboxEvent[] {
  const before = chosenIn(state, by.memberId);
  const ways = wholeWays({ ...state.ways, ...wish.ways });
  const quietHours = wish.quietHours === undefined ? state.quietHours : quietHoursOf(wish.quietHours);
  const timeZone = wish.timeZone === undefined ? state.timeZone : zoneOf(wish.timeZone);
  const fact: NotificationsChosen = {
    type: 'NotificationsChosen.v1',
    data: { memberId: by.memberId, ways, followOwn: wish.followOwn ?? state.followOwn },
    personal: { quietHours, timeZone },
  };
  return JSON.stringify(fact) === JSON.stringify(before) ? [] : [fact];
}

function chosenIn({ ways, followOwn, quietHours, timeZone }: InboxState, memberId: string): NotificationsChosen {
  return {
    type: 'NotificationsChosen.v1',
    data: { memberId, ways, followOwn },
    personal: { quietHours, timeZone },
  };
}

/** Hours that begin when they end are none. */
function quietHoursOf(hours: (NotificationsWish['quietHours'] & object) | null): QuietHours | null {
  if (hours === null) return null;
  const { from, to } = hours;
  if (!DAY_TIME_PATTERN.test(from) || !DAY_TIME_PATTERN.test(to)) {
    throw wrong('quietHours', 'must have from and to as times of the day such as 22:00');
  }
  return from === to ? null : { from, to };
}

function zoneOf(zone: string | null): string | null {
  if (zone === null) return null;
  const named = zoneNamed(zone);
  if (named === null) throw wrong('timeZone', 'must be the name of a time zone such as Asia/Bangkok');
  return named;
}

function wrong(field: string, message: string): DomainError {
  return new DomainError('invalid', `The ${field} ${message}.`, [{ field, message }]);
}
