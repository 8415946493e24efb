import type { QueryBus } from '@nestjs/cqrs';
import { CountPublicComments } from '../../views/thread/thread.query-types.ts';
import { isOver, type ServerSocket } from './live-socket.ts';

/** The time over which changes are collected, in milliseconds. */
const TICK_MS = 1_000;
/** The most members that are counted in it; the others wait for the next one. */
const MOST_AT_ONCE = 20;

interface Followed {
  readonly sockets: Set<ServerSocket>;
  /** What all of them were told. */
  said: number;
}

/** Tells readers of members' pages how many comments of the member everybody can read. */
export class LiveWriters {
  readonly #queries: Pick<QueryBus, 'execute'>;
  readonly #onProblem: (reason: string) => void;
  readonly #members = new Map<string, Followed>();
  readonly #memberOf = new Map<ServerSocket, string>();
  readonly #changed = new Set<string>();
  #tick: NodeJS.Timeout | undefined;

  constructor(queries: Pick<QueryBus, 'execute'>, onProblem: (reason: string) => void) {
    this.#queries = queries;
    this.#onProblem = onProblem;
  }

  /** The members whose pages are read. */
  get size(): number {
    return this.#members.size;
  }

  /** The number now; what changes while it is counted is told afterwards. Throws DomainError unauthenticated when the connection is gone. */
  async join(socket: ServerSocket, memberId: string): Promise<number> {
    this.leave(socket);
    const followed = this.#members.get(memberId) ?? { sockets: new Set(), said: -1 };
    this.#members.set(memberId, followed);
    this.#memberOf.set(socket, memberId);
    followed.sockets.add(socket);
    const count = await this.#queries.execute(new CountPublicComments(memberId));
    if (!socket.connected) {
      this.leave(socket);
      throw isOver();
    }
    if (followed.said !== count) this.#note([memberId]);
    return count;
  }

  leave(socket: ServerSocket): void {
    const memberId = this.#memberOf.get(socket);
    if (memberId === undefined) return;
    this.#memberOf.delete(socket);
    const followed = this.#members.get(memberId);
    followed?.sockets.delete(socket);
    if (followed?.sockets.size === 0) this.#members.delete(memberId);
  }

  /** Something was written or hidden, by whomever. */
  changed(): void {
    this.#note(this.#members.keys());
  }

  close(): void {
    clearTimeout(this.#tick);
  }

  #note(memberIds: Iterable<string>): void {
    for (const memberId of memberIds) this.#changed.add(memberId);
    if (this.#changed.size === 0) return;
    this.#tick ??= setTimeout(() => {
      void this.#tell().finally(() => {
        this.#tick = undefined;
        this.#note([]);
      });
    }, TICK_MS);
  }

  /** Never rejects. What could not be counted is counted at the next tick. */
  async #tell(): Promise<void> {
    for (const memberId of [...this.#changed].slice(0, MOST_AT_ONCE)) {
      this.#changed.delete(memberId);
      const followed = this.#members.get(memberId);
      if (followed === undefined) continue;
      try {
        const written = await this.#queries.execute(new CountPublicComments(memberId));
        if (written === followed.said) continue;
        followed.said = written;
        for (const socket of followed.sockets) socket.emit('counts:changes', { counts: {}, written });
      } catch (failure) {
        this.#changed.add(memberId);
        this.#onProblem(`comments of a member could not be counted: ${failure}`);
      }
    }
  }
}
