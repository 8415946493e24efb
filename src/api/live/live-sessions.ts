import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '../../../libs/kernel/index.ts';
import { type Projected, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { Sessions } from '../../access/sign-in/sessions.ts';
import { type MemberProjected, membersChanges } from '../../views/members/members.query-types.ts';
import { discardUnsent } from './connection-buffer.ts';
import type { ServerSocket } from './live-socket.ts';

/** The longest time of a timer, in milliseconds; a session lasts longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** The wait in milliseconds before a session is checked again that has ended by its own clock and not by ours. */
const LEAST_TIMER_MS = 1_000;

interface Watched {
  readonly token: string;
  readonly memberId: string;
  readonly sessionId: string;
  timer: NodeJS.Timeout;
}

/**
 * Ends a connection when its session ends: signed out, password changed, member banned or gone, or expired. Each node
 * learns it from its own members view, in the same step in which the request that caused it is answered.
 */
@Injectable()
export class LiveSessions implements OnModuleInit, OnModuleDestroy {
  readonly #views: Pick<Views, 'onProjected'>;
  readonly #sessions: Pick<Sessions, 'authenticate' | 'recognized'>;
  readonly #log = new Logger(LiveSessions.name);
  readonly #watched = new Map<ServerSocket, Watched>();
  readonly #byMember = new Map<string, Set<ServerSocket>>();
  #stopListening = (): void => undefined;

  constructor(
    @Inject(VIEWS) views: Pick<Views, 'onProjected'>,
    @Inject(Sessions) sessions: Pick<Sessions, 'authenticate' | 'recognized'>,
  ) {
    this.#views = views;
    this.#sessions = sessions;
  }

  onModuleInit(): void {
    this.#stopListening = this.#views.onProjected((projected) => this.#hear(projected));
  }

  onModuleDestroy(): void {
    this.#stopListening();
    for (const { timer } of this.#watched.values()) clearTimeout(timer);
    this.#watched.clear();
  }

  /** The connections of a member on this node. */
  ofMember(memberId: string): ReadonlySet<ServerSocket> {
    return this.#byMember.get(memberId) ?? NOBODY;
  }

  /** A connection has come in; changes of its session since it was admitted count too. */
  arrived(socket: ServerSocket): void {
    const { token, session, memberId } = socket.data;
    if (token === null || session === null || memberId === null) return;
    const timer = this.#timer(socket, session.expiresAt);
    this.#watched.set(socket, { token, memberId, sessionId: session.id, timer });
    const others = this.#byMember.get(memberId) ?? new Set();
    this.#byMember.set(memberId, others.add(socket));
    if (this.#sessions.recognized(token) === undefined) void this.#look(socket);
  }

  /** Whether the connection still has its session. */
  holds(socket: ServerSocket): boolean {
    return this.#watched.has(socket);
  }

  left(socket: ServerSocket): void {
    const watched = this.#watched.get(socket);
    if (watched === undefined) return;
    clearTimeout(watched.timer);
    this.#watched.delete(socket);
    const others = this.#byMember.get(watched.memberId);
    others?.delete(socket);
    if (others?.size === 0) this.#byMember.delete(watched.memberId);
  }

  #hear(projected: readonly Projected[]): void {
    if (projected.some(({ view, renewed }) => renewed && view === 'members')) {
      for (const socket of this.#watched.keys()) void this.#look(socket);
    }
    for (const change of membersChanges(projected)) this.#changed(change);
  }

  #changed({ memberId, endedSessionId }: MemberProjected): void {
    for (const socket of [...this.ofMember(memberId)]) {
      if (endedSessionId === null) {
        discardUnsent(socket.conn);
        void this.#look(socket);
      } else if (this.#watched.get(socket)?.sessionId === endedSessionId) this.#end(socket);
    }
  }

  /** A member that cannot be looked up is disconnected, and may connect again when that is possible. Never rejects. */
  async #look(socket: ServerSocket): Promise<void> {
    const watched = this.#watched.get(socket);
    if (watched === undefined) return;
    try {
      const { sessionExpiresAt } = await this.#sessions.authenticate(watched.token);
      clearTimeout(watched.timer);
      if (this.holds(socket)) watched.timer = this.#timer(socket, sessionExpiresAt);
    } catch (refusal) {
      if (!(refusal instanceof DomainError)) this.#log.error(`a live session could not be looked up: ${refusal}`);
      if (refusal instanceof DomainError && refusal.code === 'banned') socket.disconnect(true);
      else this.#end(socket);
    }
  }

  /**
   * A connection that follows anything ends below Socket.IO, and its client connects again by itself: with a new session, or as
   * a reader without one. A connection that follows nothing yet is a reader's from here on. Frames not taken yet were for the session.
   */
  #end(socket: ServerSocket): void {
    const follows = socket.rooms.size > 1;
    this.left(socket);
    discardUnsent(socket.conn);
    if (follows) socket.conn.close(true);
  }

  /** One timer for each connection; it keeps no process alive. */
  #timer(socket: ServerSocket, expiresAt: string): NodeJS.Timeout {
    const left = Date.parse(expiresAt) - Date.now();
    const delay = Math.min(Math.max(left, LEAST_TIMER_MS), LONGEST_TIMER_MS);
    return setTimeout(() => void this.#look(socket), delay).unref();
  }
}

const NOBODY: ReadonlySet<ServerSocket> = new Set();
