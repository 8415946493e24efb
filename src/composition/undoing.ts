import { closeAll } from './opened-log.ts';

/** The opened things, closed once, in the opposite order. */
export class Undoing {
  readonly #steps: (() => Promise<void>)[] = [];
  #done: Promise<void> | undefined;

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** Does every step, whatever happens to the others; throws the first fault. */
  all(): Promise<void> {
    this.#done ??= closeAll(
      this.#steps
        .splice(0)
        .reverse()
        .map((close) => ({ close })),
    );
    return this.#done;
  }
}
