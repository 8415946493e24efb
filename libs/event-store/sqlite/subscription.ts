import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventBatch, SubscribeOptions } from '../port.ts';
import type { CommitWatch } from './commit-watch.ts';
import type { ReadPage, SqlitePage, SqliteReader } from './reader.ts';

const BATCH = 1_000;

export interface SqliteSubscriptionSource {
  readonly reader: SqliteReader;
  readonly watch: CommitWatch;
  /** Holds the iterators that the store has to end when it closes. */
  readonly open: Set<SqliteSubscription>;
}

/**
 * Follows the log. It is a plain iterator, because an async generator's `return()` waits for the `next()` under way,
 * which may wait for an event that never comes.
 */
export class SqliteSubscription implements AsyncIterator<EventBatch, undefined> {
  readonly #source: SqliteSubscriptionSource;
  readonly #signal: AbortSignal | undefined;
  readonly #batchSize: number;
  readonly #readPage: ReadPage;
  readonly #onAbort = (): void => this.end();
  #position: bigint;
  #caughtUp = false;
  #ended = false;
  #queue: Promise<unknown> = Promise.resolve();
  #stopWaiting: (() => void) | undefined;

  constructor(source: SqliteSubscriptionSource, options: SubscribeOptions) {
    this.#source = source;
    this.#signal = options.signal;
    this.#batchSize = options.batchSize ?? BATCH;
    this.#position = options.after;
    this.#readPage = source.reader.forwards(options.filter);
    source.open.add(this);
    this.#signal?.addEventListener('abort', this.#onAbort);
    if (this.#signal?.aborted === true) this.end();
  }

  next(): Promise<IteratorResult<EventBatch, undefined>> {
    const step = this.#queue.then(() => this.#step());
    this.#queue = step.catch(() => undefined);
    return step;
  }

  return(): Promise<IteratorResult<EventBatch, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Releases everything, and ends a `next()` under way. */
  end(): void {
    this.#ended = true;
    this.#source.open.delete(this);
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#stopWaiting?.();
  }

  async #step(): Promise<IteratorResult<EventBatch, undefined>> {
    if (!this.#caughtUp) await nextTurn();
    while (!this.#ended) {
      const mark = this.#source.watch.mark();
      const batch = this.#read();
      if (batch !== undefined) return { done: false, value: batch };
      await new Promise<void>((resolve) => {
        const cancel = this.#source.watch.wait(mark, resolve);
        this.#stopWaiting = () => {
          cancel();
          resolve();
        };
      });
      this.#stopWaiting = undefined;
    }
    return { done: true, value: undefined };
  }

  /** The next batch; undefined without news. */
  #read(): EventBatch | undefined {
    try {
      const head = this.#source.reader.head();
      if (head <= this.#position) {
        if (this.#caughtUp) return undefined;
        this.#caughtUp = true;
        return { events: [], position: this.#position, caughtUp: true };
      }
      const { events, position } = this.#readWhole(head);
      this.#position = position;
      this.#caughtUp = position === head;
      return { events, position, caughtUp: this.#caughtUp };
    } catch (error) {
      this.end();
      throw error;
    }
  }
  /** A page that ends before a gap in the positions, which only a torn log has. Throws LogGap. */
  #readWhole(head: bigint): SqlitePage {
    const span = { after: this.#position, limit: this.#batchSize };
    const page = this.#readPage({ ...span, until: head });
    const read = page.position - span.after;
    if (BigInt(page.events.length) === read) return page;
    const until = this.#source.reader.wholeUntil(span.after, page.position);
    return until === page.position ? page : this.#readPage({ ...span, until });
  }
}
