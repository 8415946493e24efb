import { EventEmitter, once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { NodeAddress } from './rpc-errors.ts';

/** A switch that works for every call until it is turned off, or only so many times. */
interface Counted {
  readonly times?: number;
}

/**
 * What the server does wrong, on purpose; an absent switch is off. Plain JSON, so that a program's control port takes
 * the same. All can be set and unset at any time and hold for connections, streams and subscriptions that are there.
 */
export interface FaultSettings {
  /** Takes connections and calls and answers nothing; what was asked meanwhile is done and answered when it is off again. */
  readonly silent?: boolean;
  /** Every answer, and every delivery of a subscription, waits so many milliseconds. */
  readonly delayMs?: number;
  /** Cuts all connections and takes no new ones. */
  readonly refuseConnections?: boolean;
  /** Appends are recorded, and acknowledged so many milliseconds later, or never: their outcome is unknown. */
  readonly acknowledge?: Counted & { readonly afterMs: number | 'never' };
  /** The next append on a batch stream ends the stream without an answer, after it was recorded or before. */
  readonly batchStream?: Counted & { readonly end: 'clean' | 'error'; readonly recorded: boolean };
  /** A subscription ends, or stays open and tells nothing more, for ever; at once, or after so many further events. */
  readonly subscriptions?: Counted & { readonly end: 'clean' | 'error' | 'silence'; readonly afterEvents?: number };
  /**
   * What subscriptions deliver: every event twice; or, after an event, once more the one before it; or two neighbours of
   * a page in the wrong order, which the real server never does and no client can put right once it has passed on the first.
   */
  readonly deliveries?: 'twice' | 'older-again' | 'swapped';
  /** Refuses calls that require a leader, and names this one. */
  readonly notLeader?: NodeAddress;
  /** Refuses every write and names the leader that would take it: a read-only replica. */
  readonly readOnly?: NodeAddress;
  /** Does not offer batch appends, so that clients append with a call each. */
  readonly noBatchAppend?: boolean;
}

/** The switches of one server. Emits `changed`. */
export class Faults extends EventEmitter<{ changed: [] }> {
  #settings: FaultSettings = {};

  constructor(settings: FaultSettings = {}) {
    super();
    this.setMaxListeners(0);
    this.#settings = settings;
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Turns these switches to what is given and leaves all others as they are. */
  set(settings: FaultSettings): void {
    this.#settings = { ...this.#settings, ...settings };
    this.emit('changed');
  }

  /** Turns all off. */
  clear(): void {
    this.#settings = {};
    this.emit('changed');
  }

  /** The switch, when it is on, for one use of it: after its last one it is off. */
  take<Name extends 'acknowledge' | 'batchStream' | 'subscriptions'>(name: Name): FaultSettings[Name] {
    const value = this.#settings[name];
    if (value?.times === undefined) return value;
    const { [name]: _, ...others } = this.#settings;
    this.#settings = value.times > 1 ? { ...others, [name]: { ...value, times: value.times - 1 } } : others;
    return value;
  }

  /** Resolves when the server may speak: after its delay, and not while it is silent. */
  async mayAnswer(): Promise<void> {
    const { delayMs = 0 } = this.#settings;
    if (delayMs > 0) await setTimeout(delayMs);
    while (this.#settings.silent === true) await once(this, 'changed');
  }

  /** Resolves when an append that was recorded may be acknowledged: never, when it is to get lost. */
  async mayAcknowledge(): Promise<void> {
    const afterMs = this.take('acknowledge')?.afterMs ?? 0;
    if (afterMs === 'never') await new Promise(() => {});
    else if (afterMs > 0) await setTimeout(afterMs);
    await this.mayAnswer();
  }
}
