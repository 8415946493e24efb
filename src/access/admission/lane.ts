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
  readonly perTurn: number;
  readonly patienceMs: number;
  readonly turn: Turn;
  readonly clock: TurnClock;
  readonly refusal: () => DomainError;
}

interface Waiting {
  readonly until: number;
  readonly begin: (pass: Pass) => void;
  readonly refuse: (refusal: DomainError) => void;
}

/** The waiting requests of one kind; each keeps its connection and headers in memory, some ten kilobytes. */
const MOST_WAITING = 20_000;

/** Work of one kind: a number of slots, and a queue in the order of arrival with a longest wait. */
export class Lane {
  readonly #parts: LaneParts;
  readonly #waiting = new Set<Waiting>();
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

  enter(source?: Source): Pass | Promise<Pass> {
    const { slots, turn } = this.#parts;
    if (this.#waiting.size === 0 && this.#underWay < slots && !turn.isSpent()) return this.#pass();
    if (this.#waiting.size >= MOST_WAITING) throw this.#refusal();
    return this.#wait(source);
  }

  #wait(source: Source | undefined): Promise<Pass> {
    const { clock, patienceMs } = this.#parts;
    return new Promise((resolve, reject) => {
      const gone = (): void => {
        if (this.#waiting.delete(one)) reject(this.#parts.refusal());
      };
      // Removes the listener, since a connection outlives its request and would gather one with each.
      const unheard = <Value>(settle: (value: Value) => void): ((value: Value) => void) => {
        return (value) => {
          source?.off('close', gone);
          settle(value);
        };
      };
      const one: Waiting = { until: clock.now() + patienceMs, begin: unheard(resolve), refuse: unheard(reject) };
      this.#waiting.add(one);
      source?.once('close', gone);
      this.#watch(patienceMs);
      this.#drainSoon();
    });
  }

  #pass(): Pass {
    this.#underWay += 1;
    let isUnderWay = true;
    return {
      leave: () => {
        if (!isUnderWay) return;
        isUnderWay = false;
        this.#underWay -= 1;
        this.#drainSoon();
      },
    };
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
    let begun = 0;
    for (const one of this.#waiting) {
      if (begun === perTurn || this.#underWay >= slots) break;
      begun += 1;
      this.#waiting.delete(one);
      one.begin(this.#pass());
    }
    this.#drainSoon();
  }

  /** All works have the same longest wait, so the first in the queue is the first to be late. */
  #refuseLate(): void {
    const now = this.#parts.clock.now();
    for (const one of this.#waiting) {
      if (one.until > now) break;
      this.#waiting.delete(one);
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
