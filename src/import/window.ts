/** Lets tasks run at once as long as their weights fit its size together. A task heavier than the size runs alone. */
export class Window {
  readonly #size: number;
  #weight = 0;
  readonly #waiting = new Queue();

  /** In whatever unit its tasks weigh. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Resolves when there is room for one more; pair it with `leave` of the same weight. */
  async enter(weight = 1): Promise<void> {
    if (!this.#waiting.isEmpty || !this.#hasRoom(weight)) {
      await new Promise<void>((enter) => this.#waiting.add({ weight, enter }));
    } else this.#weight += weight;
  }

  leave(weight = 1): void {
    this.#weight -= weight;
    for (let next = this.#waiting.first; next && this.#hasRoom(next.weight); next = this.#waiting.first) {
      this.#waiting.take();
      this.#weight += next.weight;
      next.enter();
    }
  }

  #hasRoom(weight: number): boolean {
    return this.#weight === 0 || this.#weight + weight <= this.#size;
  }
}

interface Waiting {
  readonly weight: number;
  readonly enter: () => void;
}

/** First come, first served; taking one costs the same however many wait. */
class Queue {
  #waiting: Waiting[] = [];
  #taken = 0;

  get first(): Waiting | undefined {
    return this.#waiting[this.#taken];
  }

  get isEmpty(): boolean {
    return this.first === undefined;
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  take(): void {
    this.#taken += 1;
    if (this.#taken < this.#waiting.length) return;
    this.#waiting = [];
    this.#taken = 0;
  }
}

/** Tasks that run side by side as a window has room for them; the first fault ends the rest. */
export class TasksIn {
  readonly #window: Window;
  readonly #running = new Set<Promise<void>>();
  #fault: { readonly error: unknown } | undefined;

  constructor(window: Window) {
    this.#window = window;
  }

  /** Resolves when the task has begun. Throws the first fault of those before. */
  async start(weight: number, task: () => Promise<void>): Promise<void> {
    await this.#window.enter(weight);
    if (this.#fault !== undefined) {
      this.#window.leave(weight);
      throw this.#fault.error;
    }
    const running = task()
      .catch((error: unknown) => {
        this.#fault ??= { error };
      })
      .finally(() => {
        this.#running.delete(running);
        this.#window.leave(weight);
      });
    this.#running.add(running);
  }

  /** Throws the first fault. */
  async ended(): Promise<void> {
    await Promise.all(this.#running);
    if (this.#fault !== undefined) throw this.#fault.error;
  }
}
