import { cut, unsentBytes } from './connection-buffer.ts';
import type { ServerSocket } from './live-socket.ts';

/** A reader that has so much unread gets nothing more of the thread until it has read it. */
export const MOST_UNSENT_BYTES = 1024 * 1024;
/** A reader that has not caught up after so long is disconnected. */
export const LONGEST_LAG_MS = 30_000;
const LOOK_EVERY_MS = 200;

interface Aside {
  readonly since: number;
  readonly postIds: Set<string>;
}

/** Readers who cannot keep up: set aside from their threads, and told when they have read all that was sent. */
export class SlowSockets {
  readonly #aside = new Map<ServerSocket, Aside>();
  readonly #onDrained: (socket: ServerSocket, postId: string) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(onDrained: (socket: ServerSocket, postId: string) => void) {
    this.#onDrained = onDrained;
  }

  /** Whether the socket has more unread than it may. */
  isSlow(socket: ServerSocket): boolean {
    return unsentBytes(socket.conn) > MOST_UNSENT_BYTES;
  }

  setAside(socket: ServerSocket, postId: string): void {
    const aside = this.#aside.get(socket) ?? { since: Date.now(), postIds: new Set() };
    aside.postIds.add(postId);
    this.#aside.set(socket, aside);
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** The socket has left the thread, or joined it anew. */
  forget(socket: ServerSocket, postId: string): void {
    const aside = this.#aside.get(socket);
    aside?.postIds.delete(postId);
    if (aside?.postIds.size === 0) this.drop(socket);
  }

  drop(socket: ServerSocket): void {
    this.#aside.delete(socket);
    if (this.#aside.size === 0) this.stop();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    for (const [socket, { since, postIds }] of [...this.#aside]) {
      if (unsentBytes(socket.conn) === 0) {
        this.drop(socket);
        for (const postId of postIds) this.#onDrained(socket, postId);
      } else if (Date.now() - since > LONGEST_LAG_MS) {
        this.drop(socket);
        cut(socket.conn);
      }
    }
  }
}
