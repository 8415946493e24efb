import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ClientMessages, LiveLogEvent, LogEvent } from '../../../libs/client/index.ts';
import { formatPosition, type Position } from '../../../libs/kernel/index.ts';
import { type Projected, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { AUDITING, type Auditing, eventsOf } from '../../acts/auditing/auditing.ts';
import { isAllowed, PERMISSIONS } from '../../permissions.ts';
import { membersChanges, STANDINGS, type Standings } from '../../views/members/members.query-types.ts';
import { discardUnsent } from './connection-buffer.ts';
import { LiveSessions } from './live-sessions.ts';
import { isOver, type LiveNamespace, type ServerSocket } from './live-socket.ts';

const ROOM = 'audit';
/** The time over which events are collected into one frame, in milliseconds. */
const TICK_MS = 200;
/**
 * The most events of one frame, fewer when they are long. When there are more, the newest are sent, and the frame tells
 * how many were left out.
 */
const MOST_EVENTS = 50;
/** The longest line of an event that a frame carries whole, in characters. */
const MOST_CHARACTERS = 64 * 1024;

/** Sends auditors the log as it grows, once the views have each event, like everything live. */
@Injectable()
export class LiveAudit implements OnModuleInit, OnModuleDestroy {
  readonly #auditing: Pick<Auditing, 'events'>;
  readonly #views: Pick<Views, 'onProjected' | 'position'>;
  readonly #standings: Pick<Standings, 'of'>;
  readonly #sessions: Pick<LiveSessions, 'ofMember' | 'holds'>;
  readonly #log = new Logger(LiveAudit.name);
  readonly #members = new Set<ServerSocket>();
  #sent: Position = 0n;
  #tick: NodeJS.Timeout | undefined;
  #namespace: LiveNamespace | undefined;
  #stopListening = (): void => undefined;

  constructor(
    @Inject(AUDITING) auditing: Pick<Auditing, 'events'>,
    @Inject(VIEWS) views: Pick<Views, 'onProjected' | 'position'>,
    @Inject(STANDINGS) standings: Pick<Standings, 'of'>,
    @Inject(LiveSessions) sessions: Pick<LiveSessions, 'ofMember' | 'holds'>,
  ) {
    this.#auditing = auditing;
    this.#views = views;
    this.#standings = standings;
    this.#sessions = sessions;
  }

  onModuleInit(): void {
    this.#stopListening = this.#views.onProjected((projected) => this.#hear(projected));
  }

  onModuleDestroy(): void {
    this.#stopListening();
    clearTimeout(this.#tick);
  }

  sendOver(namespace: LiveNamespace): void {
    this.#namespace = namespace;
  }

  /**
   * Sends the socket every event after the position from the answer on; the answer has the newest that came after
   * `after`. Throws DomainError unauthenticated when the session ended since the member was looked up.
   */
  async join(
    socket: ServerSocket,
    memberId: string,
    after: Position | null,
  ): Promise<ClientMessages['audit:join']['ack']> {
    if (!this.#sessions.holds(socket)) throw isOver();
    if (this.#members.size === 0) this.#sent = this.#views.position();
    this.#members.add(socket);
    await socket.join(ROOM);
    await this.#look(memberId);
    const position = this.#sent;
    const { items } = await this.#between(after ?? position, position);
    if (!this.#members.has(socket)) throw isOver();
    return { position: formatPosition(position), items };
  }

  leave(socket: ServerSocket): void {
    this.#members.delete(socket);
  }

  #hear(projected: readonly Projected[]): void {
    if (this.#members.size === 0) return;
    for (const { memberId } of membersChanges(projected)) void this.#look(memberId);
    this.#tick ??= setTimeout(() => {
      this.#tick = undefined;
      this.#push().catch((failure: unknown) => this.#log.error(`new events could not be told: ${failure}`));
    }, TICK_MS);
  }

  /** The newest events up to the views' position, in the order of the log. */
  async #push(): Promise<void> {
    const until = this.#views.position();
    const after = this.#sent;
    if (until <= after) return;
    this.#sent = until;
    const { items, passedOver } = await this.#between(after, until);
    this.#namespace?.to(ROOM).emit('audit:events', { position: formatPosition(until), items, passedOver });
  }

  /** The newest of these events, and whether there are older ones among them. */
  async #between(
    after: Position,
    until: Position,
  ): Promise<{ readonly items: readonly LiveLogEvent[]; readonly passedOver: boolean }> {
    if (until <= after) return { items: [], passedOver: false };
    const span = { direction: 'down', from: until, withFrom: true, until: after, limit: MOST_EVENTS } as const;
    const { lines, next } = await this.#auditing.events({}, span);
    const events = await eventsOf(lines);
    const items = events.map((event, at) => ((lines[at]?.length ?? 0) > MOST_CHARACTERS ? shortened(event) : event));
    return { items: items.reverse(), passedOver: next !== null };
  }

  /** Whoever audits no more hears no more, of what waits for it neither. */
  async #look(memberId: string): Promise<void> {
    const sockets = [...this.#sessions.ofMember(memberId)].filter((socket) => this.#members.has(socket));
    if (sockets.length === 0) return;
    const standing = await this.#standings.of(memberId);
    if (standing && !standing.banned && isAllowed(PERMISSIONS['live audit:join'], standing.roles)) return;
    for (const socket of sockets) {
      this.#members.delete(socket);
      void socket.leave(ROOM);
      discardUnsent(socket.conn);
    }
  }
}

/** A frame is written at one stretch for everybody who hears it. */
function shortened(event: LogEvent): LiveLogEvent {
  return { ...event, data: {}, sealed: null, shortened: true };
}
