import { parentPort, workerData } from 'node:worker_threads';
import type { NamedPost } from '../recording/new-slugs.ts';
import type { KnownPlace, PageAsked } from '../source/page-naming.ts';
import { beginReading } from './begin-reading.ts';
import { type FromReading, type ToReading, toldFault } from './reading.messages.ts';
import type { ReadComment, Reading, ReadingTask } from './reading.ts';

/** Reads one export for the thread that records it, which asks for each step. */
class Serving {
  readonly #task: ReadingTask;
  readonly #batches = new Map<number, AsyncGenerator<readonly ReadComment[], void>>();
  #reading: Reading | null = null;
  #slugs = Promise.withResolvers<readonly string[]>();
  #places = Promise.withResolvers<readonly (KnownPlace | null)[]>();

  constructor(task: ReadingTask) {
    this.#task = task;
  }

  async begin(): Promise<void> {
    this.#reading = await beginReading(this.#task, {
      slugsOf: (posts) => this.#askSlugs(posts),
      placesOf: (pages) => this.#askPlaces(pages),
      onBytes: (bytes) => tell({ kind: 'bytes', bytes }),
    });
    tell({ kind: 'surveyed', hosts: this.#reading.hosts });
  }

  async hear(message: ToReading): Promise<void> {
    const reading = this.#reading;
    if (message.kind === 'slugs') return this.#slugs.resolve(message.slugs);
    if (message.kind === 'places') return this.#places.resolve(message.places);
    if (reading === null) return;
    switch (message.kind) {
      case 'next':
        return tell({ kind: 'next', next: await reading.next() });
      case 'comments':
        return this.#tellComments(message.item, reading);
      case 'close':
        this.#batches.delete(message.item);
        return reading.close(message.item);
      default:
        message satisfies never;
    }
  }

  async #tellComments(item: number, reading: Reading): Promise<void> {
    const batches = this.#batches.get(item) ?? reading.comments(item);
    this.#batches.set(item, batches);
    const { done, value } = await batches.next();
    if (done === true) this.#batches.delete(item);
    tell({ kind: 'comments', item, batch: value ?? null });
  }

  #askSlugs(posts: readonly NamedPost[]): Promise<readonly string[]> {
    this.#slugs = Promise.withResolvers();
    tell({ kind: 'named', posts });
    return this.#slugs.promise;
  }

  #askPlaces(pages: readonly PageAsked[]): Promise<readonly (KnownPlace | null)[]> {
    this.#places = Promise.withResolvers();
    tell({ kind: 'paged', pages });
    return this.#places.promise;
  }
}

function tell(message: FromReading): void {
  parentPort?.postMessage(message);
}

function fail(error: unknown): void {
  tell({ kind: 'failed', fault: toldFault(error) });
}

const serving = new Serving(workerData);
parentPort?.on('message', (message: ToReading) => void serving.hear(message).catch(fail));
await serving.begin().catch(fail);
