import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { boundUnsent, cut, waiting } from './connection-buffer.ts';
import type { ServerSocket } from './live-socket.ts';
import { LONGEST_LAG_MS } from './unread-sockets.ts';

type Connection = ServerSocket['conn'];

/** How often it is looked at what waits for each connection, in milliseconds. */
const LOOK_EVERY_MS = 2_000;

/** The bytes that waited for a reader when some of them were taken last. */
interface Lag {
  readonly since: number;
  readonly bytes: number;
  readonly handedOver: number;
}

/**
 * Every live connection, in a namespace or not. Whatever it is sent, what waits for it is bounded in bytes, and one that takes
 * none of it for LONGEST_LAG_MS is cut.
 */
@Injectable()
export class LiveConnections implements OnModuleDestroy {
  readonly #lags = new Map<Connection, Lag | null>();
  #timer: NodeJS.Timeout | undefined;

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  arrived(connection: Connection): void {
    boundUnsent(connection);
    this.#lags.set(connection, null);
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
    connection.once('close', () => this.#lags.delete(connection));
  }

  all(): readonly Connection[] {
    return [...this.#lags.keys()];
  }

  #look(): void {
    const now = performance.now();
    for (const [connection, lag] of this.#lags) {
      const { bytes, handedOver } = waiting(connection);
      if (bytes === 0) this.#lags.set(connection, null);
      else if (lag === null || handedOver > lag.handedOver || bytes < lag.bytes)
        this.#lags.set(connection, { since: now, bytes, handedOver });
      else if (now - lag.since > LONGEST_LAG_MS) cut(connection);
      else if (bytes > lag.bytes) this.#lags.set(connection, { ...lag, bytes });
    }
  }
}
