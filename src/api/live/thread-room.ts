import type { ThreadChange } from '../../../libs/client/index.ts';
import type { ServerSocket } from './live-socket.ts';

/** The next message to a thread's readers: the changes after a position, as every reader may see them. */
export interface NextChanges {
  readonly position: bigint;
  readonly changes: readonly ThreadChange[];
  /** The approximate bytes of the changes. */
  readonly bytes: number;
  readonly reload: boolean;
  /** True when the post was withdrawn or is scheduled again; nobody may follow it any more. */
  readonly isGone?: boolean;
  /** Items over all pages, as readers without an account see them. */
  readonly total: number;
  /** Comments whose text everybody can read. */
  readonly visible: number;
}

export interface RoomParts {
  readonly read: (after: bigint, until?: bigint) => Promise<NextChanges>;
  /** Sends one frame to all readers. */
  readonly send: (steps: NextChanges) => void;
  /** Called when reading failed; the room tries again by itself. */
  readonly onFailure: (failure: unknown) => void;
  /** The time over which changes are collected into one frame, in milliseconds. */
  readonly tickMs: number;
}

/** After a failure, milliseconds until the next try. */
const RETRY_MS = 250;

/**
 * The readers of one thread, all of whom were sent everything up to `sent`. Later changes go out once a tick, read and
 * encoded once for all of them.
 */
export class ThreadRoom {
  readonly sockets = new Set<ServerSocket>();
  readonly #parts: RoomParts;
  #sent: bigint;
  /** The position up to which the views have reported changes of the thread. */
  #told: bigint;
  #tick: Promise<void> | null = null;
  #failure: unknown = null;
  #closed = false;

  constructor(sent: bigint, parts: RoomParts) {
    this.#sent = sent;
    this.#told = sent;
    this.#parts = parts;
  }

  get sent(): bigint {
    return this.#sent;
  }

  /** The thread has changed up to here. */
  changed(position: bigint): void {
    if (position > this.#told) this.#told = position;
    if (this.#told > this.#sent) this.#schedule(this.#parts.tickMs);
  }

  /** Resolves after the tick under way, or after one begun at once; throws its error. */
  async next(): Promise<void> {
    this.#schedule(0);
    await this.#tick;
    if (this.#failure !== null) throw this.#failure;
  }

  /** No reader is left, so nothing more is sent. */
  close(): void {
    this.#closed = true;
  }

  #schedule(milliseconds: number): void {
    if (this.#closed) return;
    this.#tick ??= new Promise<void>((resolve) => setTimeout(resolve, milliseconds)).then(() => this.#push());
  }

  async #push(): Promise<void> {
    try {
      const steps = this.#closed ? null : await this.#parts.read(this.#sent);
      this.#failure = null;
      if (steps !== null && !this.#closed) this.#take(steps);
    } catch (failure) {
      this.#failure = failure;
      this.#parts.onFailure(failure);
    }
    this.#tick = null;
    if (this.#told > this.#sent) this.#schedule(this.#failure === null ? this.#parts.tickMs : RETRY_MS);
  }

  /** Sending and moving on are one step, so that a reader who joins between two steps gets each change once. */
  #take(steps: NextChanges): void {
    if (steps.position > this.#sent) this.#sent = steps.position;
    if (steps.reload || steps.changes.length > 0) this.#parts.send(steps);
  }
}
