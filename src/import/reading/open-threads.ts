import type { SourceThread } from '../threads/threading.ts';
import type { ReadComment } from './reading.ts';
import type { Warnings } from './warnings.ts';

/** Comments of a batch at most, and characters of their texts after which it is whole. */
const AT_A_TIME = 64;
const CHARACTERS_AT_A_TIME = 128 * 1024;

/** The discussions of the items that are not closed, by their numbers. */
export class OpenThreads {
  readonly #threads = new Map<number, SourceThread>();
  readonly #warnings: Warnings;

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  open(item: number, thread: SourceThread): void {
    this.#threads.set(item, thread);
  }

  async *comments(item: number): AsyncGenerator<readonly ReadComment[], void> {
    const thread = this.#threads.get(item);
    if (thread === undefined) return;
    let batch: ReadComment[] = [];
    let size = 0;
    for (const { number, level } of placesIn(thread)) {
      const { result: comment, heard } = this.#warnings.during(() => thread.at(number));
      batch.push({ comment, level, warnings: heard.kept });
      size += comment.kind === 'comment' ? comment.body.length : 0;
      if (batch.length < AT_A_TIME && size < CHARACTERS_AT_A_TIME) continue;
      yield batch;
      if (!this.#threads.has(item)) return;
      batch = [];
      size = 0;
    }
    if (batch.length > 0) yield batch;
  }

  close(item: number): void {
    this.#threads.get(item)?.close();
    this.#threads.delete(item);
  }

  closeAll(): void {
    for (const item of [...this.#threads.keys()]) this.close(item);
  }
}

function* placesIn({ levels }: SourceThread): Iterable<{ readonly number: number; readonly level: number }> {
  let level = 0;
  for (const numbers of levels) {
    for (const number of numbers) yield { number, level };
    level += 1;
  }
}
