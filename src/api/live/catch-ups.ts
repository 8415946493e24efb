import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Admission } from '../../access/admission/admission.ts';
import { cut, unsentBytes } from './connection-buffer.ts';
import { isOver, type ServerSocket } from './live-socket.ts';
import { LONGEST_LAG_MS, MOST_UNSENT_BYTES } from './slow-sockets.ts';

/** What was told to catch up with and was not taken yet, of all readers together, in bytes. */
export const MOST_UNTAKEN_BYTES = 64 * 1024 * 1024;
/** Less than this is not worth the count. */
const SMALL_BYTES = 16 * 1024;
const LOOK_EVERY_MS = 200;

interface Untaken {
  readonly since: number;
  readonly bytes: number;
}

/**
 * How much is told at once to readers who missed something. Each connection catches up with one thread after the other, few
 * do at once, and what waits for those who do not read is bounded for one as for all. Beyond that a reader is told to read
 * the thread anew, which costs nothing.
 */
@Injectable()
export class CatchUps implements OnModuleDestroy {
  readonly #admission: Pick<Admission, 'run'>;
  readonly #newest = new WeakMap<ServerSocket, Promise<void>>();
  readonly #untaken = new Map<ServerSocket, Untaken>();
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(@Inject(Admission) admission: Pick<Admission, 'run'>) {
    this.#admission = admission;
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** Does the work when it is this connection's turn. Throws DomainError unauthenticated (it is gone), overloaded, and as the work does. */
  run(socket: ServerSocket, work: () => Promise<void>): Promise<void> {
    const begin = (): Promise<void> => {
      if (!socket.connected) throw isOver();
      return this.#admission.run('catch-ups', work, socket.conn);
    };
    const before = this.#newest.get(socket);
    const mine = before === undefined ? begin() : before.then(begin);
    this.#newest.set(
      socket,
      mine.catch(() => undefined),
    );
    return mine;
  }

  /** Whether so many bytes more may wait for this reader. */
  hasRoom(socket: ServerSocket, bytes: number): boolean {
    return (
      bytes <= SMALL_BYTES ||
      (unsentBytes(socket.conn) <= MOST_UNSENT_BYTES && this.#bytes + bytes <= MOST_UNTAKEN_BYTES)
    );
  }

  /** They were handed over; counted until the reader has taken them, or is gone. */
  handed(socket: ServerSocket, bytes: number): void {
    if (bytes <= SMALL_BYTES || unsentBytes(socket.conn) === 0) return;
    const { since, bytes: before } = this.#untaken.get(socket) ?? { since: performance.now(), bytes: 0 };
    this.#untaken.set(socket, { since, bytes: before + bytes });
    this.#bytes += bytes;
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  #look(): void {
    const now = performance.now();
    for (const [socket, { since, bytes }] of [...this.#untaken]) {
      const isTaken = !socket.connected || unsentBytes(socket.conn) === 0;
      if (!isTaken && now - since <= LONGEST_LAG_MS) continue;
      this.#untaken.delete(socket);
      this.#bytes -= bytes;
      if (!isTaken) cut(socket.conn);
    }
    if (this.#untaken.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
