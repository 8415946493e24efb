import type { Position } from '../../kernel/index.ts';
import { type EventBatch, type RecordedEvent, type SubscribeOptions, UnknownPosition } from '../port.ts';
import type { Connection } from './connection.ts';
import { backOff, pause } from './deadline.ts';
import type { StoredEvent } from './events.ts';
import { Feed } from './feed.ts';
import { ALL_OF_LOG, type Passes, passes } from './filter.ts';
import type { KurrentReader } from './reader.ts';

const BATCH = 1_000;
/** The number of filtered events, for each of a batch, after which the reader is told the position. */
const LOOKED_THROUGH = 10;
/** Milliseconds for which the rest of an append is waited for; it is under way, unless another program wrote it. */
const REST_MS = 1_000;

export interface KurrentSubscriptionSource {
  readonly connection: Connection;
  readonly reader: KurrentReader;
  /** Silence after which it is asked whether something was missed, in milliseconds. */
  readonly silenceMs: number;
  /** Holds the iterators that the store has to end when it closes. */
  readonly open: Set<KurrentSubscription>;
  /** Told of what went wrong and is tried again. */
  readonly onTrouble: (error: unknown) => void;
  readonly counted: (events: number) => void;
}

type Step = IteratorResult<EventBatch, undefined>;
const OVER: Step = { done: true, value: undefined };

/**
 * Follows the log: pages up to the newest event, then the database's own subscription. That one ends, fails and falls
 * silent without a word. In each case reading starts again from the last position, after a pause, and the reader never
 * notices.
 */
export class KurrentSubscription implements AsyncIterator<EventBatch, undefined> {
  readonly #source: KurrentSubscriptionSource;
  readonly #options: SubscribeOptions;
  readonly #passes: Passes;
  readonly #ending = new AbortController();
  readonly #over: Promise<Step>;
  readonly #onAbort = (): void => this.end();
  #position: Position;
  #caughtUp = false;
  /** The pages have reached the end: the database's subscription tells everything later. */
  #level = false;
  /** The last event was the last one of its append. */
  #whole = true;
  #failures = 0;
  #feed: Feed | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(source: KurrentSubscriptionSource, options: SubscribeOptions) {
    this.#source = source;
    this.#options = options;
    this.#passes = passes(options.filter);
    this.#position = options.after;
    this.#over = new Promise((resolve) => {
      this.#ending.signal.addEventListener('abort', () => resolve(OVER), { once: true });
    });
    source.open.add(this);
    options.signal?.addEventListener('abort', this.#onAbort);
    if (options.signal?.aborted === true) this.end();
  }

  next(): Promise<Step> {
    const step = this.#queue.then(() => Promise.race([this.#over, this.#step()]));
    this.#queue = step.catch(() => this.end());
    return step;
  }

  return(): Promise<Step> {
    this.end();
    return Promise.resolve(OVER);
  }

  /** Releases everything, and ends a `next()` under way. */
  end(): void {
    this.#ending.abort();
    this.#source.open.delete(this);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#dropFeed();
  }

  get #ended(): boolean {
    return this.#ending.signal.aborted;
  }

  get #batchSize(): number {
    return this.#options.batchSize ?? BATCH;
  }

  async #step(): Promise<Step> {
    while (!this.#ended) {
      try {
        const batch = this.#feed === undefined ? await this.#past() : await this.#live(this.#feed);
        this.#failures = 0;
        if (batch !== undefined) return { done: false, value: batch };
      } catch (error) {
        this.#dropFeed();
        this.#level = false;
        if (this.#ended) return OVER;
        if (error instanceof UnknownPosition) throw error;
        this.#source.onTrouble(error);
        this.#failures += 1;
        await pause(backOff(this.#failures), this.#ending.signal);
      }
    }
    return OVER;
  }

  /** A page of existing events; when there is none, the database's own subscription begins. */
  async #past(): Promise<EventBatch | undefined> {
    if (this.#level) {
      await this.#begin();
      return undefined;
    }
    const newest = await this.#newestWhole();
    const head = newest?.event.position ?? 0n;
    if (head <= this.#position) {
      this.#level = true;
      return this.#caughtUp ? undefined : this.#tell([], this.#position, true);
    }
    const { filter } = this.#options;
    const page = await this.#source.reader.forwards({ after: this.#position, limit: this.#batchSize, filter });
    const events = page.events.filter((event) => event.position <= head);
    const position = page.whole || page.position === undefined || page.position > head ? head : page.position;
    this.#level = position === head;
    return this.#tell(events, position, this.#level);
  }

  /** The newest event, once its whole append is there. */
  async #newestWhole(): Promise<StoredEvent | undefined> {
    const { reader } = this.#source;
    const newest = await reader.newestNow();
    if (newest === undefined || newest.append !== undefined) return newest;
    await pause(REST_MS / 10, this.#ending.signal);
    return reader.newestNow();
  }

  async #begin(): Promise<void> {
    const { connection, reader } = this.#source;
    const after = this.#position > reader.begins ? this.#position : reader.begins;
    const { client } = await connection.session();
    if (this.#ended) return;
    this.#whole = true;
    this.#feed = new Feed(client, { after, filter: ALL_OF_LOG });
  }

  /**
   * The new events, up to the end of an append; waits for them, and checks after a silence whether something was
   * missed.
   */
  async #live(feed: Feed): Promise<EventBatch | undefined> {
    const batch: RecordedEvent[] = [];
    let position = this.#position;
    for (let looked = 0; looked < this.#batchSize * LOOKED_THROUGH && batch.length < this.#batchSize; ) {
      const stored = feed.read();
      if (stored !== undefined) {
        if (stored.event.position <= position) continue;
        looked += 1;
        position = stored.event.position;
        this.#whole = stored.append !== undefined;
        if (this.#passes(stored.event)) batch.push(stored.event);
        continue;
      }
      const fresh = looked > 0 || !this.#caughtUp;
      if (fresh && this.#whole) return this.#came(batch, position, true);
      const woken = await feed.wait(this.#whole ? this.#source.silenceMs : REST_MS);
      if (woken === 'over') throw feed.failure ?? new Error('the subscription ended');
      if (woken === 'readable') continue;
      await this.#mustHaveMissedNothing(position);
      this.#whole = true;
    }
    return this.#came(batch, position, false);
  }

  #came(events: readonly RecordedEvent[], position: Position, caughtUp: boolean): EventBatch {
    this.#source.counted(events.length);
    return this.#tell(events, position, caughtUp);
  }

  async #mustHaveMissedNothing(position: Position): Promise<void> {
    const newest = await this.#source.reader.newestNow();
    if (newest !== undefined && newest.event.position > position) throw new Error('the subscription fell silent');
  }

  #tell(events: readonly RecordedEvent[], position: Position, caughtUp: boolean): EventBatch {
    this.#position = position;
    this.#caughtUp = caughtUp;
    return { events, position, caughtUp };
  }

  #dropFeed(): void {
    this.#feed?.close();
    this.#feed = undefined;
  }
}
