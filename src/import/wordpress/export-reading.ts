import { Scratch } from '../../../libs/scratch/index.ts';
import { OpenThreads } from '../reading/open-threads.ts';
import type { EndOfReading, NextItem, ReadComment, Reading, ReadingTask, Recorder } from '../reading/reading.ts';
import { Warnings } from '../reading/warnings.ts';
import { SourceError } from '../source/source.ts';
import { Preparation } from './preparation.ts';
import { surveyed } from './survey.ts';
import { readWxr, type WxrRead } from './wxr-reader.ts';

/** Reads an export and converts it, in this thread, as it is asked to. */
export class ExportReading implements Reading {
  readonly hosts: ReadonlySet<string>;
  readonly #scratch: Scratch;
  readonly #preparation: Preparation;
  readonly #warnings: Warnings;
  readonly #items: AsyncGenerator<WxrRead>;
  readonly #threads: OpenThreads;
  #count = 0;

  private constructor(scratch: Scratch, parts: ReadingParts) {
    this.#scratch = scratch;
    this.hosts = parts.hosts;
    this.#preparation = parts.preparation;
    this.#warnings = parts.warnings;
    this.#threads = new OpenThreads(parts.warnings);
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
        this.#threads.open(this.#count, thread);
        return { item: { number: this.#count, ...told }, heard: this.#warnings.take() };
      }
      return this.#ended(null);
    } catch (error) {
      if (error instanceof SourceError) return this.#ended({ message: error.reason, ...error.place });
      throw error;
    }
  }

  comments(item: number): AsyncGenerator<readonly ReadComment[], void> {
    return this.#threads.comments(item);
  }

  close(item: number): void {
    this.#threads.close(item);
  }

  async end(): Promise<void> {
    await this.#items.return(undefined);
    this.#threads.closeAll();
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
