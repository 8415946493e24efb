import type { Position } from '../kernel/index.ts';

interface Waiter {
  readonly position: Position;
  readonly settle: (reached: boolean) => void;
}

/** The callers that wait for the views to reach a position; the projector's messages settle them, without polling. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  get areThere(): boolean {
    return this.#waiting.size > 0;
  }

  /** True once the position is reached; false after `timeoutMs`, or when all are given up. */
  wait(position: Position, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(reached);
      };
      const waiter: Waiter = { position, settle };
      const timer = setTimeout(() => settle(false), timeoutMs);
      this.#waiting.add(waiter);
    });
  }

  reached(position: Position): void {
    for (const waiter of this.#waiting) if (waiter.position <= position) waiter.settle(true);
  }

  giveUp(): void {
    for (const waiter of this.#waiting) waiter.settle(false);
  }
}
