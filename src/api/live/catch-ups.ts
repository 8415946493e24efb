import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Admission } from '../../access/admission/admission.ts';
import { unsentBytes } from './connection-buffer.ts';
import { isOver, type ServerSocket } from './live-socket.ts';
import { MOST_UNSENT_BYTES, UnreadSockets } from './unread-sockets.ts';

/** The most bytes, of all readers together, that were sent to catch up and not taken yet. */
export const MOST_UNTAKEN_BYTES = 64 * 1024 * 1024;
/** Fewer bytes than these are not counted. */
const SMALL_BYTES = 16 * 1024;

/**
 * Limits what is sent at once to readers who missed something. Each connection catches up with one thread after the
 * other, few do so at once, and what waits for readers who do not read is bounded, for one as for all. Beyond that a
 * reader is told to read the thread anew, which costs nothing.
 */
@Injectable()
export class CatchUps implements OnModuleDestroy {
  readonly #admission: Pick<Admission, 'run'>;
  readonly #newest = new WeakMap<ServerSocket, Promise<void>>();
  /** Bytes, by the connection that has not taken them; and of all together. */
  readonly #untaken = new UnreadSockets<number>((_, bytes) => {
    this.#bytes -= bytes;
  });
  #bytes = 0;

  constructor(@Inject(Admission) admission: Pick<Admission, 'run'>) {
    this.#admission = admission;
  }

  onModuleDestroy(): void {
    this.#untaken.stop();
  }

  /**
   * Does the work when it is this connection's turn. Throws DomainError unauthenticated (the connection is gone),
   * overloaded, and the work's own error.
   */
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

  /** Whether this many more bytes may wait for this reader. */
  hasRoom(socket: ServerSocket, bytes: number): boolean {
    return (
      bytes <= SMALL_BYTES ||
      (unsentBytes(socket.conn) <= MOST_UNSENT_BYTES && this.#bytes + bytes <= MOST_UNTAKEN_BYTES)
    );
  }

  /** Counts bytes that were handed over, until the reader has taken them or is gone. */
  handed(socket: ServerSocket, bytes: number): void {
    if (bytes <= SMALL_BYTES || unsentBytes(socket.conn) === 0) return;
    this.#untaken.hold(socket, (this.#untaken.of(socket) ?? 0) + bytes);
    this.#bytes += bytes;
  }
}
