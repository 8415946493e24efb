import { Scratch } from '../../../libs/scratch/index.ts';
import type { SlugsOf } from './new-slugs.ts';
import { Preparation } from './preparation.ts';
import type { EndOfReading, NextItem, ReadComment, Reading, ReadingTask } from './reading.ts';
import { surveyed } from './survey.ts';
import type { SourceThread } from './threading.ts';
import { Warnings } from './warnings.ts';
import { WxrError } from './wxr.ts';
import { readWxr, type WxrRead } from './wxr-reader.ts';

/** Comments of a batch at most, and characters of their texts after which it is whole. */
const AT_A_TIME = 64;
const CHARACTERS_AT_A_TIME = 128 * 1024;

/** The questions that reading asks of the recorder. */
export interface Recorder {
  readonly slugsOf: SlugsOf;
  /** Hears after each piece of the file how many bytes of it were read. */
  readonly onBytes: (bytes: number) => void;
}

/** Reads an export and converts it, in this thread, as it is asked to. */
export class ExportReading implements Reading {
  readonly hosts: ReadonlySet<string>;
  readonly #scratch: Scratch;
  readonly #preparation: Preparation;
  readonly #warnings: Warnings;
  readonly #items: AsyncGenerator<WxrRead>;
  /** Of the items that are not closed, by their numbers. */
  readonly #threads = new Map<number, SourceThread>();
  #count = 0;

  private constructor(scratch: Scratch, parts: ReadingParts) {
    this.#scratch = scratch;
    this.hosts = parts.hosts;
    this.#preparation = parts.preparation;
    this.#warnings = parts.warnings;
    this.#items = parts.items;
  }

  /** Reads the file once, for what items tell of each other. Throws the system's error when it cannot be read. */
  static async begin(task: ReadingTask, { slugsOf, onBytes }: Recorder): Promise<ExportReading> {
    const scratch = new Scratch();
    const { file, pages, types } = task;
    try {
      const survey = await surveyed(file, scratch, { slugsOf, wanted: { pages, types } });
      const warnings = new Warnings();
      const { warn } = warnings;
      const preparation = new Preparation(task, { survey, warn, scratch });
      const items = readWxr(file, warn, { onBytes });
      return new ExportReading(scratch, { hosts: survey.hosts, preparation, warnings, items });
    } catch (error) {
      scratch.close();
      throw error;
    }
  }

  async next(): Promise<NextItem | EndOfReading> {
    try {
      for (let read = await this.#items.next(); read.done !== true; read = await this.#items.next()) {
        const prepared = this.#preparation.of(read.value);
        if (prepared === undefined) continue;
        const { thread, ...told } = prepared;
        this.#count += 1;
        this.#threads.set(this.#count, thread);
        return { item: { number: this.#count, ...told }, heard: this.#warnings.take() };
      }
      return this.#ended(null);
    } catch (error) {
      if (error instanceof WxrError) return this.#ended({ message: error.reason, ...error.place });
      throw error;
    }
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

  async end(): Promise<void> {
    await this.#items.return(undefined);
    for (const item of [...this.#threads.keys()]) this.close(item);
    this.#scratch.close();
  }

  #ended(fault: EndOfReading['fault']): EndOfReading {
    return { item: null, heard: this.#warnings.take(), found: this.#preparation.found, fault };
  }
}

interface ReadingParts {
  readonly hosts: ReadonlySet<string>;
  readonly preparation: Preparation;
  readonly warnings: Warnings;
  readonly items: AsyncGenerator<WxrRead>;
}

function* placesIn({ levels }: SourceThread): Iterable<{ readonly number: number; readonly level: number }> {
  let level = 0;
  for (const numbers of levels) {
    for (const number of numbers) yield { number, level };
    level += 1;
  }
}
