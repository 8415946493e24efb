import type { QueryBus } from '@nestjs/cqrs';
import type { DiscussionAttention, NotificationChoice, NotificationPreferences } from '../../libs/client/index.ts';
import { type Command, type CommandMeta, DomainError, type Position } from '../../libs/kernel/index.ts';
import { MAIL_WAYS, NOTIFICATION_KINDS, type NotificationKind, type NotificationWay } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import type { LeaveTokens, Leaving } from '../access/leave-tokens.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import {
  ChooseNotifications,
  FollowDiscussion,
  HeedMember,
  IgnoreMember,
  MarkNotificationsRead,
  MuteDiscussion,
  UnfollowDiscussion,
  UnmuteDiscussion,
} from '../domain/inbox/inbox.commands.ts';
import {
  CountUnread,
  GetNotificationPreferences,
  GetOwnAttention,
} from '../views/notifications/notifications.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface BeingToldParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly tokens: Pick<LeaveTokens, 'read' | 'isFor'>;
  readonly members: Pick<MemberLookup, 'byId'>;
  /** The position that the views show. */
  readonly shown: () => Position;
}

/** What a member does about a discussion. */
export const ATTENTION_ACTS = ['follow', 'unfollow', 'mute', 'unmute'] as const;
export type AttentionAct = (typeof ATTENTION_ACTS)[number];

const ON_DISCUSSIONS = {
  follow: FollowDiscussion,
  unfollow: UnfollowDiscussion,
  mute: MuteDiscussion,
  unmute: UnmuteDiscussion,
} as const;

interface Ended {
  readonly kinds: readonly NotificationKind[];
  readonly ways: readonly NotificationWay[];
}

/** What members do about what they are told of. Everything throws DomainError. */
export class BeingTold {
  readonly #parts: BeingToldParts;

  constructor(parts: BeingToldParts) {
    this.#parts = parts;
  }

  /** Throws DomainError post_not_found, and conflict where there are too many. */
  async attend(
    act: AttentionAct,
    postId: string,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly attention: DiscussionAttention; readonly position: Position }> {
    const wish = new ON_DISCUSSIONS[act]({ by, postId }, metaOf(by, asking));
    const position = await this.#send(wish, by);
    const { following, muted } = await this.#parts.queries.execute(new GetOwnAttention(by.memberId, postId));
    return { attention: { postId, following, muted }, position };
  }

  /** Throws DomainError member_not_found. */
  ignore(memberId: string, by: Principal, asking: Asking): Promise<Position> {
    return this.#send(new IgnoreMember({ by, memberId }, metaOf(by, asking)), by);
  }

  heed(memberId: string, by: Principal, asking: Asking): Promise<Position> {
    return this.#send(new HeedMember({ by, memberId }, metaOf(by, asking)), by);
  }

  /** Throws DomainError invalid. */
  async choose(
    wish: NotificationChoice,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly preferences: NotificationPreferences; readonly position: Position }> {
    const position = await this.#send(new ChooseNotifications({ by, wish }, metaOf(by, asking)), by);
    const preferences = await this.#parts.queries.execute(new GetNotificationPreferences(by.memberId));
    return { preferences, position };
  }

  /** What happens later is not read by this, however far the mark is. */
  async markRead(
    upTo: Position,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly unread: number; readonly position: Position }> {
    const shown = this.#parts.shown();
    const seen = upTo < shown ? upTo : shown;
    const position = await this.#send(new MarkNotificationsRead({ by, upTo: seen }, metaOf(by, asking)), by);
    return { unread: await this.#parts.queries.execute(new CountUnread(by)), position };
  }

  /** What a link of a mail ends. Throws DomainError link_not_found, also once the address that it was mailed to was changed. */
  async leaving(token: string): Promise<Leaving> {
    const { tokens, members } = this.#parts;
    const leaving = tokens.read(token);
    if (leaving !== null) {
      const member = await members.byId(leaving.memberId);
      const email = member?.email ?? null;
      if (tokens.isFor(leaving, member === undefined || email === null ? null : { ...member, email })) return leaving;
    }
    throw new DomainError('link_not_found', 'There is no such link.');
  }

  /** Ends mails for whoever holds a link of one of them; also when it is pressed again. */
  leave({ memberId, way, kinds }: Leaving, asking: Asking): Promise<void> {
    return kinds === null
      ? this.#end(memberId, { kinds: NOTIFICATION_KINDS, ways: [way] }, asking)
      : this.#end(memberId, { kinds, ways: MAIL_WAYS }, asking);
  }

  /** The same for every mail that tells what happens. */
  leaveEvery(memberId: string, asking: Asking): Promise<void> {
    return this.#end(memberId, { kinds: NOTIFICATION_KINDS, ways: MAIL_WAYS }, asking);
  }

  async #end(memberId: string, ended: Ended, { commandId, correlationId }: Asking): Promise<void> {
    const { queries, writes } = this.#parts;
    const { ways: before } = await queries.execute(new GetNotificationPreferences(memberId));
    const without = (kind: NotificationKind) => before[kind].filter((way) => !ended.ways.includes(way));
    const ways = Object.fromEntries(ended.kinds.map((kind) => [kind, without(kind)]));
    const by = { memberId, roles: [] };
    await writes.send(new ChooseNotifications({ by, wish: { ways } }, commandMeta(by, commandId, correlationId)));
  }

  async #send(wish: Command, by: Principal): Promise<Position> {
    await this.#parts.limits.take('attention', by.memberId);
    return (await this.#parts.writes.send(wish)).position;
  }
}

function metaOf(by: Principal, { commandId, correlationId }: Asking): CommandMeta {
  return commandMeta(by, commandId, correlationId);
}
