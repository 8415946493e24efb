import { Worker } from 'node:worker_threads';
import { programBeside } from '../../../libs/kernel/index.ts';
import { type FromReading, faultTold, type ToReading } from './reading.messages.ts';
import type { EndOfReading, NextItem, ReadComment, Reading, ReadingTask, Recorder } from './reading.ts';

const PROGRAM = programBeside(import.meta.url, 'source-reading.worker');

type Batch = readonly ReadComment[] | null;

/**
 * An export that another thread reads and converts while this one records. It is always one item and one batch of each
 * open item ahead.
 */
export class ReadingThread implements Reading {
  readonly #worker: Worker;
  readonly #recorder: Recorder;
  readonly #surveyed = Promise.withResolvers<ReadonlySet<string>>();
  /** Asked for, and not answered yet; by items. */
  readonly #batches = new Map<number, PromiseWithResolvers<Batch>>();
  #next: PromiseWithResolvers<NextItem | EndOfReading> | null = null;
  #coming: Promise<NextItem | EndOfReading> | null = null;
  #failure: Error | null = null;
  #hosts: ReadonlySet<string> = new Set();

  private constructor(task: ReadingTask, recorder: Recorder) {
    this.#recorder = recorder;
    this.#worker = new Worker(PROGRAM, { workerData: task, execArgv: [], name: 'import-reading' });
    this.#worker.on('message', (message: FromReading) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.once('exit', (code) => this.#fail(new Error(`the thread that reads the export has ended (${code})`)));
  }

  /** Resolves when the file was read once, for what items tell of each other. Throws the system's error. */
  static async begin(task: ReadingTask, recorder: Recorder): Promise<ReadingThread> {
    const reading = new ReadingThread(task, recorder);
    try {
      reading.#hosts = await reading.#surveyed.promise;
      return reading;
    } catch (error) {
      await reading.end();
      throw error;
    }
  }

  get hosts(): ReadonlySet<string> {
    return this.#hosts;
  }

  async next(): Promise<NextItem | EndOfReading> {
    const next = await (this.#coming ?? this.#askNext());
    this.#coming = next.item === null ? null : this.#askNext();
    return next;
  }

  async *comments(item: number): AsyncGenerator<readonly ReadComment[], void> {
    let coming = this.#askBatch(item);
    for (let batch = await coming; batch !== null; batch = await coming) {
      coming = this.#askBatch(item);
      yield batch;
    }
  }

  close(item: number): void {
    this.#say({ kind: 'close', item });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #askNext(): Promise<NextItem | EndOfReading> {
    this.#next = this.#asked();
    this.#say({ kind: 'next' });
    return this.#next.promise;
  }

  #askBatch(item: number): Promise<Batch> {
    const asked = this.#asked<Batch>();
    this.#batches.set(item, asked);
    this.#say({ kind: 'comments', item });
    return asked.promise;
  }

  /** An export may have any number of items, so answered ones are forgotten. */
  #answered(item: number, batch: Batch): void {
    const asked = this.#batches.get(item);
    this.#batches.delete(item);
    asked?.resolve(batch);
  }

  /** A request made ahead may fail before anybody waits for it. */
  #asked<Answer>(): PromiseWithResolvers<Answer> {
    const asked = Promise.withResolvers<Answer>();
    asked.promise.catch(() => undefined);
    if (this.#failure !== null) asked.reject(this.#failure);
    return asked;
  }

  #say(message: ToReading): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromReading): void {
    switch (message.kind) {
      case 'named':
        this.#recorder.slugsOf(message.posts).then(
          (slugs) => this.#say({ kind: 'slugs', slugs }),
          (error: unknown) => this.#fail(error),
        );
        return;
      case 'paged':
        this.#recorder.placesOf(message.pages).then(
          (places) => this.#say({ kind: 'places', places }),
          (error: unknown) => this.#fail(error),
        );
        return;
      case 'surveyed':
        return this.#surveyed.resolve(message.hosts);
      case 'bytes':
        return this.#recorder.onBytes(message.bytes);
      case 'next':
        return this.#next?.resolve(message.next);
      case 'comments':
        return this.#answered(message.item, message.batch);
      case 'failed':
        return this.#fail(faultTold(message.fault));
      default:
        message satisfies never;
    }
  }

  /** The first fault ends all of it. */
  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.#surveyed.reject(this.#failure);
    this.#next?.reject(this.#failure);
    for (const asked of this.#batches.values()) asked.reject(this.#failure);
  }
}
