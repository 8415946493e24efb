import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ClientMessages } from '../../../libs/client/index.ts';
import { formatPosition, type Position, Slices } from '../../../libs/kernel/index.ts';
import { type Projected, VIEWS, type Views } from '../../../libs/projections/index.ts';
import type { Principal } from '../../access/principal.ts';
import {
  GetFollowing,
  GetNewNotifications,
  type NotificationsProjected,
  notificationsChanges,
} from '../../views/notifications/notifications.query-types.ts';
import { shelfChanges } from '../../views/shelf/shelf.query-types.ts';
import { LiveSessions } from './live-sessions.ts';
import { isOver, type ServerSocket } from './live-socket.ts';

/** The most notifications of one frame, or of a join; with more, only the newest are sent, and `reload` says so. */
const MOST_SENT = 20;
/** The room that a listening connection is in, so that it counts as one that follows something. */
const ROOM = 'notifications';

type Listener = Pick<Principal, 'memberId' | 'roles'>;
type Ack = ClientMessages['notifications:join']['ack'];

/** Tells members what is new for them, once the views have it: one member after the other, however many follow a discussion. */
@Injectable()
export class LiveNotifications implements OnModuleInit, OnModuleDestroy {
  readonly #queries: Pick<QueryBus, 'execute'>;
  readonly #views: Pick<Views, 'onProjected' | 'position'>;
  readonly #sessions: Pick<LiveSessions, 'holds'>;
  readonly #log = new Logger(LiveNotifications.name);
  readonly #slices = new Slices();
  /** By connection, up to where it was told; no frame goes to one whose join is not answered yet. */
  readonly #told = new Map<ServerSocket, { readonly listener: Listener; upTo: Position; isAnswered: boolean }>();
  readonly #sockets = new Map<string, Set<ServerSocket>>();
  readonly #changed = new Set<string>();
  readonly #discussions = new Set<string>();
  #isTelling = false;
  #stopListening = (): void => undefined;

  constructor(
    @Inject(QueryBus) queries: Pick<QueryBus, 'execute'>,
    @Inject(VIEWS) views: Pick<Views, 'onProjected' | 'position'>,
    @Inject(LiveSessions) sessions: Pick<LiveSessions, 'holds'>,
  ) {
    this.#queries = queries;
    this.#views = views;
    this.#sessions = sessions;
  }

  onModuleInit(): void {
    this.#stopListening = this.#views.onProjected((projected) => this.#hear(projected));
  }

  onModuleDestroy(): void {
    this.#stopListening();
  }

  /**
   * What came after `after` is in the answer, and what comes after the answer's position follows in frames. Throws
   * DomainError unauthenticated when the session ended since the member was looked up.
   */
  async join(socket: ServerSocket, { memberId, roles }: Listener, after: Position | null): Promise<Ack> {
    if (!this.#sessions.holds(socket)) throw isOver();
    const listener = { memberId, roles };
    const position = this.#views.position();
    await socket.join(ROOM);
    this.#told.set(socket, { listener, upTo: position, isAnswered: false });
    this.#sockets.set(memberId, (this.#sockets.get(memberId) ?? new Set()).add(socket));
    const told = await this.#queries.execute(
      new GetNewNotifications(listener, { after: after ?? position, upTo: position, most: MOST_SENT }),
    );
    const entry = this.#told.get(socket);
    if (entry === undefined) throw isOver();
    entry.isAnswered = true;
    if (this.#views.position() > position) this.#changed.add(memberId);
    this.#begin();
    return { position: formatPosition(position), ...told };
  }

  leave(socket: ServerSocket): void {
    const told = this.#told.get(socket);
    if (told === undefined) return;
    this.#told.delete(socket);
    const others = this.#sockets.get(told.listener.memberId);
    others?.delete(socket);
    if (others?.size === 0) this.#sockets.delete(told.listener.memberId);
  }

  #hear(projected: readonly Projected[]): void {
    if (this.#told.size === 0) return;
    for (const change of notificationsChanges(projected)) this.#note(change);
    for (const { readerId } of shelfChanges(projected)) this.#note({ members: [readerId], postId: null });
    this.#begin();
  }

  #begin(): void {
    if (this.#isTelling || (this.#changed.size === 0 && this.#discussions.size === 0)) return;
    this.#isTelling = true;
    void this.#tellAll().finally(() => {
      this.#isTelling = false;
    });
  }

  #note({ members, postId }: NotificationsProjected): void {
    for (const memberId of members) if (this.#sockets.has(memberId)) this.#changed.add(memberId);
    if (postId !== null) this.#discussions.add(postId);
  }

  /** Never rejects. What changes meanwhile is told in the same run. */
  async #tellAll(): Promise<void> {
    try {
      while (this.#discussions.size > 0 || this.#changed.size > 0) {
        for (const postId of taken(this.#discussions)) await this.#findFollowers(postId);
        for (const memberId of taken(this.#changed)) {
          await this.#slices.pause();
          await this.#tell(memberId);
        }
      }
    } catch (failure) {
      this.#log.error(`notifications could not be told: ${failure}`);
    }
  }

  async #findFollowers(postId: string): Promise<void> {
    const listening = [...this.#sockets.keys()];
    const following = await this.#queries.execute(new GetFollowing(postId, listening));
    for (const memberId of following) this.#changed.add(memberId);
  }

  /** All connections of a member at once, from where the one that was told least stands. */
  async #tell(memberId: string): Promise<void> {
    const upTo = this.#views.position();
    const sockets = [...(this.#sockets.get(memberId) ?? [])].filter((socket) => this.#sessions.holds(socket));
    for (const [after, listener, some] of this.#byPlace(sockets)) {
      const told = await this.#queries.execute(new GetNewNotifications(listener, { after, upTo, most: MOST_SENT }));
      for (const socket of some) {
        const kept = this.#told.get(socket);
        if (kept === undefined || kept.upTo !== after || !this.#sessions.holds(socket)) continue;
        kept.upTo = upTo;
        socket.emit('notifications:changes', { position: formatPosition(upTo), ...told });
      }
    }
  }

  #byPlace(sockets: readonly ServerSocket[]): readonly (readonly [Position, Listener, readonly ServerSocket[]])[] {
    const places = new Map<Position, { readonly listener: Listener; readonly sockets: ServerSocket[] }>();
    for (const socket of sockets) {
      const told = this.#told.get(socket);
      if (told === undefined || !told.isAnswered) continue;
      const place = places.get(told.upTo) ?? { listener: told.listener, sockets: [] };
      place.sockets.push(socket);
      places.set(told.upTo, place);
    }
    return [...places].map(([after, place]) => [after, place.listener, place.sockets]);
  }
}

/** The entries, which the set then no longer has. */
function taken(set: Set<string>): readonly string[] {
  const entries = [...set];
  set.clear();
  return entries;
}
