import { unsentBytes } from './connection-buffer.ts';
import type { ServerSocket } from './live-socket.ts';
import { MOST_UNSENT_BYTES, UnreadSockets } from './unread-sockets.ts';

/** Readers who cannot keep up: they are set aside from their threads, and told when they have read everything sent. */
export class SlowSockets {
  /** With the posts whose threads they are set aside from. */
  readonly #aside: UnreadSockets<Set<string>>;

  constructor(onDrained: (socket: ServerSocket, postId: string) => void) {
    this.#aside = new UnreadSockets((socket, postIds, isRead) => {
      if (isRead) for (const postId of postIds) onDrained(socket, postId);
    });
  }

  /** Whether the socket has more unread than it may. */
  isSlow(socket: ServerSocket): boolean {
    return unsentBytes(socket.conn) > MOST_UNSENT_BYTES;
  }

  setAside(socket: ServerSocket, postId: string): void {
    const postIds = this.#aside.of(socket) ?? new Set();
    this.#aside.hold(socket, postIds.add(postId));
  }

  /** The socket has left the thread, or joined it anew. */
  forget(socket: ServerSocket, postId: string): void {
    const postIds = this.#aside.of(socket);
    postIds?.delete(postId);
    if (postIds?.size === 0) this.drop(socket);
  }

  drop(socket: ServerSocket): void {
    this.#aside.drop(socket);
  }

  stop(): void {
    this.#aside.stop();
  }
}
