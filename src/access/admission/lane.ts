import type { DomainError } from '../../../libs/kernel/index.ts';
import type { Turn, TurnClock } from './turn.ts';

/** The right to be under way; it is given back once, however often `leave` is called. */
export interface Pass {
  leave(): void;
}

/** The source of a request, which may go away while it waits. */
export interface Source {
  once(event: 'close', gone: () => void): unknown;
  off(event: 'close', gone: () => void): unknown;
}

export interface LaneParts {
  readonly slots: number;
  /** Of these, so many at most are of one network. */
  readonly perNetwork: number;
  readonly perTurn: number;
  readonly patienceMs: number;
  readonly turn: Turn;
  readonly clock: TurnClock;
  readonly refusal: () => DomainError;
}

interface Waiting {
  readonly network: string | undefined;
  readonly until: number;
  readonly begin: (pass: Pass) => void;
  readonly refuse: (refusal: DomainError) => void;
}

/** The waiting requests of one kind; each keeps its connection and headers in memory, some ten kilobytes. */
const MOST_WAITING = 20_000;

/**
 * Work of one kind: a number of slots, and a queue with a longest wait. Networks take turns, and what one of them asks goes
 * in the order of arrival, so that whoever asks for much lets the others wait for a few works and not for all of its own.
 */
export class Lane {
  readonly #parts: LaneParts;
  readonly #waiting = new Set<Waiting>();
  /** The same by network, whose turn it is first. */
  readonly #queues = new Map<string | undefined, Set<Waiting>>();
  readonly #underWayOf = new Map<string, number>();
  #underWay = 0;
  #refused = 0;
  #isDraining = false;
  #isWatching = false;

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  get underWay(): number {
    return this.#underWay;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get refused(): number {
    return this.#refused;
  }

  /** Work that tells no network is nobody's in particular, and may take all slots. */
  enter(source?: Source, network?: string): Pass | Promise<Pass> {
    const { slots, turn } = this.#parts;
    const isFree = this.#waiting.size === 0 && this.#underWay < slots && this.#hasRoom(network);
    if (isFree && !turn.isSpent()) return this.#pass(network);
    if (this.#waiting.size >= MOST_WAITING) throw this.#refusal();
    return this.#wait(source, network);
  }

  #hasRoom(network: string | undefined): boolean {
    return network === undefined || (this.#underWayOf.get(network) ?? 0) < this.#parts.perNetwork;
  }

  #wait(source: Source | undefined, network: string | undefined): Promise<Pass> {
    const { clock, patienceMs } = this.#parts;
    return new Promise((resolve, reject) => {
      const gone = (): void => {
        if (this.#take(one)) reject(this.#parts.refusal());
      };
      // Removes the listener, since a connection outlives its request and would gather one with each.
      const unheard = <Value>(settle: (value: Value) => void): ((value: Value) => void) => {
        return (value) => {
          source?.off('close', gone);
          settle(value);
        };
      };
      const until = clock.now() + patienceMs;
      const one: Waiting = { network, until, begin: unheard(resolve), refuse: unheard(reject) };
      this.#waiting.add(one);
      const queue = this.#queues.get(network);
      if (queue === undefined) this.#queues.set(network, new Set([one]));
      else queue.add(one);
      source?.once('close', gone);
      this.#watch(patienceMs);
      this.#drainSoon();
    });
  }

  /** Out of the queue; false for one that is there no more. */
  #take(one: Waiting): boolean {
    const queue = this.#queues.get(one.network);
    queue?.delete(one);
    if (queue?.size === 0) this.#queues.delete(one.network);
    return this.#waiting.delete(one);
  }

  #pass(network: string | undefined): Pass {
    this.#count(network, 1);
    let isUnderWay = true;
    return {
      leave: () => {
        if (!isUnderWay) return;
        isUnderWay = false;
        this.#count(network, -1);
        this.#drainSoon();
      },
    };
  }

  #count(network: string | undefined, more: number): void {
    this.#underWay += more;
    if (network === undefined) return;
    const now = (this.#underWayOf.get(network) ?? 0) + more;
    if (now === 0) this.#underWayOf.delete(network);
    else this.#underWayOf.set(network, now);
  }

  #drainSoon(): void {
    if (this.#isDraining || this.#waiting.size === 0 || this.#underWay >= this.#parts.slots) return;
    this.#isDraining = true;
    this.#parts.clock.soon(() => {
      this.#isDraining = false;
      this.#drain();
    });
  }

  #drain(): void {
    this.#refuseLate();
    const { perTurn, slots } = this.#parts;
    for (let begun = 0; begun < perTurn && this.#underWay < slots; begun += 1) {
      const one = this.#next();
      // Whoever waits has all that its network may have, until one of those ends.
      if (one === undefined) return;
      this.#take(one);
      one.begin(this.#pass(one.network));
    }
    this.#drainSoon();
  }

  /** The first of the network that waits longest for its turn and has room; the turn is over then. */
  #next(): Waiting | undefined {
    for (const [network, queue] of this.#queues) {
      if (!this.#hasRoom(network)) continue;
      const [one] = queue;
      this.#queues.delete(network);
      this.#queues.set(network, queue);
      return one;
    }
    return undefined;
  }

  /** All works have the same longest wait, so the first in the queue is the first to be late. */
  #refuseLate(): void {
    const now = this.#parts.clock.now();
    for (const one of this.#waiting) {
      if (one.until > now) break;
      this.#take(one);
      one.refuse(this.#refusal());
    }
  }

  #watch(milliseconds: number): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#parts.clock.after(milliseconds, () => {
      this.#isWatching = false;
      this.#refuseLate();
      const [first] = this.#waiting;
      if (first !== undefined) this.#watch(Math.max(1, first.until - this.#parts.clock.now()));
    });
  }

  #refusal(): DomainError {
    this.#refused += 1;
    return this.#parts.refusal();
  }
}
