import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type ServerMessages, type ThreadChange } from '../../../libs/client/index.ts';
import { DomainError, formatPosition, shuttingDown } from '../../../libs/kernel/index.ts';
import { type Projected, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { TICK_MS } from '../../../libs/words/index.ts';
import { threadChangesTold } from '../../views/thread/thread.query-types.ts';
import type { Viewer } from '../../views/viewer.ts';
import { CatchUps } from './catch-ups.ts';
import { cut, holdsTexts } from './connection-buffer.ts';
import { isOver, type LiveNamespace, roomOf, type ServerSocket } from './live-socket.ts';
import { Missed } from './missed.ts';
import { sendToAll } from './send-to-all.ts';
import { SlowSockets } from './slow-sockets.ts';
import { ThreadReading } from './thread-reading.ts';
import { type NextChanges, ThreadRoom } from './thread-room.ts';

export interface Joined extends Counted {
  readonly position: bigint;
  readonly changes: readonly ThreadChange[];
  readonly reload: boolean;
}

interface Counted {
  /** Items on all pages, as this reader sees them. */
  readonly total: number;
  /** Comments whose text everybody can read. */
  readonly visible: number;
  /** How many of them readers without an account do not see. */
  readonly hidden: number;
}

interface Wish {
  readonly postId: string;
  /** The position that the reader has seen; undefined when it begins now. */
  readonly after: bigint | undefined;
  readonly viewer: Viewer;
}

interface HandOver {
  readonly answer: (joined: Joined) => void;
  /** Whether the reader still wants to join. */
  readonly isWanted: () => boolean;
}

/** The most threads that one connection follows at once. */
export const MOST_THREADS = 50;
/** The longest wait for a position that a reader names and this node's views have not reached. */
const REACH_WITHIN_MS = 2_000;

/** Every thread that somebody follows. Its readers join and leave without missing or doubling a change. */
@Injectable()
export class LiveThreads implements OnModuleInit, OnModuleDestroy {
  readonly #reading: ThreadReading;
  readonly #catchUps: CatchUps;
  readonly #views: Pick<Views, 'position' | 'reached' | 'onProjected'>;
  readonly #log = new Logger(LiveThreads.name);
  readonly #rooms = new Map<string, ThreadRoom>();
  readonly #slow = new SlowSockets((socket, postId) => this.#resume(socket, postId));
  #namespace: LiveNamespace | undefined;
  #isClosing = false;
  #onPutOut: (socket: ServerSocket, postId: string) => void = () => undefined;
  #stopListening = (): void => undefined;

  constructor(
    @Inject(QueryBus) queries: Pick<QueryBus, 'execute'>,
    @Inject(VIEWS) views: Pick<Views, 'position' | 'reached' | 'onProjected'>,
    @Inject(CatchUps) catchUps: CatchUps,
  ) {
    this.#reading = new ThreadReading(queries, views);
    this.#views = views;
    this.#catchUps = catchUps;
  }

  onModuleInit(): void {
    this.#stopListening = this.#views.onProjected((projected) => this.#hear(projected));
  }

  /** Readers who still wait to join are told to come back. */
  onModuleDestroy(): void {
    this.#isClosing = true;
    this.#stopListening();
    this.#slow.stop();
  }

  /** Sets the namespace for outgoing frames; called once, before the first socket. */
  sendOver(namespace: LiveNamespace): void {
    this.#namespace = namespace;
  }

  /** The sockets that follow the thread on this node. */
  socketsOf(postId: string): ReadonlySet<ServerSocket> {
    return this.#rooms.get(postId)?.sockets ?? NOBODY;
  }

  /** Sends everyone who follows the thread on this node the presence of the others. */
  tellAll(postId: string, presence: ServerMessages['thread:presence']): void {
    this.#namespace?.to(roomOf(postId)).emit('thread:presence', presence);
  }

  /** Calls the listener for each connection that no longer follows a thread because its post is gone; set once. */
  onPutOut(listener: (socket: ServerSocket, postId: string) => void): void {
    this.#onPutOut = listener;
  }

  /** Whether the socket has more unread bytes than allowed. */
  isSlow(socket: ServerSocket): boolean {
    return this.#slow.isSlow(socket);
  }

  /**
   * Adds the socket to the thread's readers. `answer` is called in the same step: all changes after `after` up to the
   * answer's position are in the answer, all later ones follow as frames, and none is in both. A failed join leaves the
   * result of an earlier join of the same thread as it is; a join whose connection is gone is dropped. Throws
   * DomainError: post_not_found, not_caught_up, invalid (too many threads), overloaded, shutting_down, unauthenticated
   * (the connection is gone).
   */
  async join(socket: ServerSocket, wish: Wish, answer: (joined: Joined) => void): Promise<void> {
    const { wishes } = socket.data;
    const { postId } = wish;
    if (!wishes.has(postId) && wishes.size >= MOST_THREADS) {
      throw new DomainError('invalid', `One connection follows ${MOST_THREADS} threads at most.`);
    }
    const following = wishes.get(postId) ?? { joining: 0, isJoined: false };
    wishes.set(postId, following);
    following.joining += 1;
    const isWanted = (): boolean => wishes.get(postId) === following;
    const answered = (joined: Joined): void => {
      following.isJoined = true;
      answer(joined);
    };
    try {
      await this.#handOver(socket, wish, { answer: answered, isWanted });
    } catch (failure) {
      const isLast = following.joining === 1 && !following.isJoined;
      if (isLast && isWanted()) this.leave(socket, postId);
      throw failure;
    } finally {
      following.joining -= 1;
    }
  }

  leave(socket: ServerSocket, postId: string): void {
    socket.data.wishes.delete(postId);
    this.#slow.forget(socket, postId);
    this.#takeOut(socket, postId);
  }

  /** The socket is gone; gives the threads that it followed. */
  leaveAll(socket: ServerSocket): readonly string[] {
    const followed = [...socket.data.wishes.keys()];
    for (const postId of followed) this.leave(socket, postId);
    this.#slow.drop(socket);
    return followed;
  }

  /** Throws DomainError post_not_found. */
  async requirePost(postId: string): Promise<void> {
    await this.#reading.read(postId, { after: this.#views.position() });
  }

  async #handOver(socket: ServerSocket, wish: Wish, handOver: HandOver): Promise<void> {
    const { after } = wish;
    if (after === undefined) return this.#follow(socket, wish, handOver);
    if (after > this.#views.position()) await this.#views.reached(after, REACH_WITHIN_MS);
    await this.#catchUps.run(socket, () => this.#follow(socket, wish, handOver));
  }

  /** Reads until the read changes end exactly at the room's position; from there on the room's frames continue. */
  async #follow(socket: ServerSocket, { postId, after, viewer }: Wish, { answer, isWanted }: HandOver): Promise<void> {
    const missed = new Missed();
    let position = after ?? this.#views.position();
    for (;;) {
      if (this.#isClosing) throw shuttingDown();
      if (!socket.connected) throw isOver();
      const before = this.#rooms.get(postId);
      if (before !== undefined && before.sent < position) {
        await before.next();
        continue;
      }
      const { total, hidden, visible, ...steps } = await this.#reading.read(postId, {
        after: position,
        until: before?.sent,
        viewer,
      });
      position = steps.position;
      if (after !== undefined) missed.add(steps);
      const room = this.#rooms.get(postId) ?? this.#open(postId, position);
      if (room.sent !== position) continue;
      if (socket.connected && isWanted()) this.#putIn(socket, postId, room);
      else if (room.sockets.size === 0) this.#shut(postId, room);
      if (!this.#catchUps.hasRoom(socket, missed.bytes)) missed.giveUp();
      const { changes, bytes, reload } = missed;
      answer({ position, changes, reload, total: total + hidden, hidden, visible });
      this.#catchUps.handed(socket, bytes);
      return;
    }
  }

  /** The views are asked now for changes that they reported before the room existed. */
  #open(postId: string, position: bigint): ThreadRoom {
    const room = new ThreadRoom(position, {
      read: (from) => this.#reading.readOn(postId, from),
      send: (steps) => this.#send(postId, room, steps),
      onFailure: (failure) => this.#note(postId, failure),
      tickMs: TICK_MS,
    });
    this.#rooms.set(postId, room);
    room.changed(this.#views.position());
    return room;
  }

  #putIn(socket: ServerSocket, postId: string, room: ThreadRoom): void {
    this.#slow.forget(socket, postId);
    room.sockets.add(socket);
    void socket.join(roomOf(postId));
  }

  #takeOut(socket: ServerSocket, postId: string): void {
    void socket.leave(roomOf(postId));
    const room = this.#rooms.get(postId);
    if (room?.sockets.delete(socket) && room.sockets.size === 0) this.#shut(postId, room);
  }

  #shut(postId: string, room: ThreadRoom): void {
    room.close();
    if (this.#rooms.get(postId) === room) this.#rooms.delete(postId);
  }

  #hear(projected: readonly Projected[]): void {
    if (projected.some(({ view, renewed }) => renewed && view === 'thread')) {
      for (const room of this.#rooms.values()) room.changed(this.#views.position());
    }
    const told = threadChangesTold(projected);
    const postIds = told.flatMap((change) => ('postId' in change ? [change.postId] : []));
    if (told.some((change) => 'changedCommentId' in change)) this.#withhold(postIds);
    for (const change of told) if ('postId' in change) this.#rooms.get(change.postId)?.changed(change.position);
  }

  /** A comment has another text or another status: what waits for readers of its thread is what they may not read any more. */
  #withhold(postIds: readonly string[]): void {
    for (const { conn, data } of this.#namespace?.sockets.values() ?? []) {
      if (holdsTexts(conn, postIds, () => postIds.some((postId) => data.wishes.has(postId)))) cut(conn);
    }
  }

  /** Encodes once for the room; a reader with too much unread is left out from here on. */
  #send(postId: string, room: ThreadRoom, { position, changes, reload, isGone, total, visible }: NextChanges): void {
    for (const socket of [...room.sockets]) {
      if (!this.#slow.isSlow(socket)) continue;
      this.#slow.setAside(socket, postId);
      this.#takeOut(socket, postId);
    }
    const frame = reload ? reloadFrame(postId, position) : { postId, changes, total, visible };
    if (this.#namespace !== undefined) sendToAll(this.#namespace, room.sockets, ['thread:changes', frame]);
    if (isGone) this.#empty(postId, room);
  }

  /** Readers of a withdrawn post hear no more of it, nor of each other. */
  #empty(postId: string, room: ThreadRoom): void {
    this.#withhold([postId]);
    for (const socket of [...room.sockets]) {
      this.leave(socket, postId);
      this.#onPutOut(socket, postId);
    }
  }

  /** A reader that has read everything sent: it joins the others again, and is told to read the thread anew. */
  #resume(socket: ServerSocket, postId: string): void {
    const following = socket.data.wishes.get(postId);
    if (following !== undefined) following.isJoined = false;
    this.join(socket, { postId, after: undefined, viewer: null }, ({ position }) => {
      socket.emit('thread:changes', reloadFrame(postId, position));
    }).catch((failure: unknown) => this.#note(postId, failure));
  }

  #note(postId: string, failure: unknown): void {
    this.#log.error(`the changes of ${postId} could not be read: ${failure}`);
  }
}

const NOBODY: ReadonlySet<ServerSocket> = new Set();

function reloadFrame(postId: string, position: bigint) {
  return { postId, changes: [], reload: true as const, position: formatPosition(position) };
}
