import { type HeardWarnings, MOST_WARNINGS } from '../recording/report.ts';
import type { SourcePlace, Warn, Warning } from '../source/source.ts';

/** Gathers what reading warns of until it is told; of a broken file's millions the first are kept. */
export class Warnings {
  #heard: { kept: Warning[]; count: number } = { kept: [], count: 0 };
  #left = MOST_WARNINGS;

  readonly warn: Warn = (message, { line, column }: SourcePlace) => {
    this.#heard.count += 1;
    if (this.#left === 0) return;
    this.#left -= 1;
    this.#heard.kept.push({ line, column, message });
  };

  /** Those since the last time. */
  take(): HeardWarnings {
    const heard = this.#heard;
    this.#heard = { kept: [], count: 0 };
    return heard;
  }

  /** Runs an action and keeps its warnings apart from all others. */
  during<Result>(action: () => Result): { readonly result: Result; readonly heard: HeardWarnings } {
    const before = this.#heard;
    this.#heard = { kept: [], count: 0 };
    try {
      return { result: action(), heard: this.#heard };
    } finally {
      this.#heard = before;
    }
  }
}
