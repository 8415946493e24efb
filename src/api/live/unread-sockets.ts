import { cut, unsentBytes } from './connection-buffer.ts';
import type { ServerSocket } from './live-socket.ts';

/** A reader that has so much unread is told nothing more, or to read anew. */
export const MOST_UNSENT_BYTES = 1024 * 1024;
/** A reader that has not taken everything after so long is disconnected. */
export const LONGEST_LAG_MS = 30_000;
const LOOK_EVERY_MS = 200;

interface Unread<Held> {
  readonly since: number;
  readonly held: Held;
}

/** Readers who have not taken all that was sent, each with what is held for it. That ends when they have, or are gone; who lags too long is cut off. */
export class UnreadSockets<Held> {
  readonly #unread = new Map<ServerSocket, Unread<Held>>();
  readonly #onEnd: (socket: ServerSocket, held: Held, isRead: boolean) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(onEnd: (socket: ServerSocket, held: Held, isRead: boolean) => void) {
    this.#onEnd = onEnd;
  }

  of(socket: ServerSocket): Held | undefined {
    return this.#unread.get(socket)?.held;
  }

  /** The reader's time begins with what is held first. */
  hold(socket: ServerSocket, held: Held): void {
    const since = this.#unread.get(socket)?.since ?? performance.now();
    this.#unread.set(socket, { since, held });
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** Without a word. */
  drop(socket: ServerSocket): void {
    this.#unread.delete(socket);
    if (this.#unread.size === 0) this.stop();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    for (const [socket, { since, held }] of [...this.#unread]) {
      const isRead = socket.connected && unsentBytes(socket.conn) === 0;
      const lags = socket.connected && !isRead;
      if (lags && performance.now() - since <= LONGEST_LAG_MS) continue;
      this.drop(socket);
      if (lags) cut(socket.conn);
      this.#onEnd(socket, held, isRead);
    }
  }
}
