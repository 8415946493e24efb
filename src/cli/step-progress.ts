import { Progress } from './progress.ts';
import type { Screen } from './terminal.ts';

/** Events between two looks at the clock. */
const EVERY = 256;

/** A bar (or plain lines) for each step of a long work, with how many events it has done and how fast. */
export class StepProgress<Step extends string> {
  readonly #stream: Screen;
  readonly #names: Readonly<Record<Step, string>>;
  #step: Step | undefined;
  #progress: Progress | undefined;
  #started = 0;
  #before = 0;

  constructor(stream: Screen, names: Readonly<Record<Step, string>>) {
    this.#stream = stream;
    this.#names = names;
  }

  /** `done` of `all` in any unit; `count` of what the step counts, 0 where it counts nothing. */
  show(step: Step, done: number, all: number, count: number): void {
    if (step !== this.#step) this.#begin(step, count);
    else if (count % EVERY !== 0 && done !== all) return;
    this.#progress?.show(done, all, count === 0 ? '' : `${count}, ${this.#rate(count)}/s`);
  }

  /** Leaves the terminal's line free again. */
  end(): void {
    this.#progress?.end();
    this.#progress = undefined;
  }

  #begin(step: Step, count: number): void {
    this.end();
    this.#step = step;
    this.#progress = new Progress(this.#names[step], this.#stream);
    this.#started = performance.now();
    this.#before = count;
  }

  #rate(count: number): number {
    const seconds = (performance.now() - this.#started) / 1_000;
    return seconds === 0 ? 0 : Math.round((count - this.#before) / seconds);
  }
}
