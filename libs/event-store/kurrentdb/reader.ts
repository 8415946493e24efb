import type { Position } from '../../kernel/index.ts';
import type { EventFilter, RecordedEvent } from '../port.ts';
import { AllReads } from './all-reads.ts';
import type { Connection } from './connection.ts';
import { decode, type StoredEvent } from './events.ts';
import { faultKindOf } from './faults.ts';
import { type Passes, passes, serverFilter } from './filter.ts';
import { Newest } from './newest.ts';
import type { RawEvent } from './raw-event.ts';
import type { AllRead } from './reads.ts';

export interface KurrentPage {
  readonly events: readonly RecordedEvent[];
  /** The position that the read has reached, past filtered events; undefined when it met nothing. */
  readonly position: Position | undefined;
  /** True when nothing more was there to read. */
  readonly whole: boolean;
}

export interface KurrentPageOptions {
  /** A position from the database, of an event before the page; 0n for the start. */
  readonly after: Position;
  readonly limit: number;
  readonly filter: EventFilter | undefined;
}

const NOTHING: KurrentPage = { events: [], position: undefined, whole: true };

/** Reads pages, each in one call with a deadline of its own, which is repeated while the database is away. */
export class KurrentReader {
  readonly #connection: Connection;
  /** Events up to this position are not the log's. */
  readonly begins: Position;
  readonly #all: AllReads;
  readonly #newest: Newest;
  #read = 0;

  constructor(connection: Connection, begins: Position) {
    this.#connection = connection;
    this.begins = begins;
    this.#all = new AllReads(connection);
    this.#newest = new Newest(this.#all, begins);
  }

  /** Events fetched for readers so far. */
  get read(): number {
    return this.#read;
  }

  mustBeOpen(): void {
    this.#connection.mustBeOpen();
  }

  /** Events of one stream from a revision on; none when it does not exist. */
  async streamPage(stream: string, from: bigint, limit: number): Promise<StoredEvent[]> {
    const stored = await this.#connection.persist(() => this.#streamOnce(stream, from, limit));
    this.#read += stored.length;
    return stored;
  }

  /** The newest revision of a stream, or `no-stream`. */
  async newestRevision(stream: string): Promise<bigint | 'no-stream'> {
    const newest = await this.#connection.persist(() => this.#streamOnce(stream, 'end', 1));
    return newest[0]?.event.revision ?? 'no-stream';
  }

  /** The log's event at a position; undefined when there is one of another kind. Throws UnknownPosition. */
  async at(position: Position): Promise<RecordedEvent | undefined> {
    const [raw] = await this.#all.read({ from: position, limit: 1 });
    const event = raw?.position === position && position > this.begins ? decode(raw)?.event : undefined;
    if (event !== undefined) this.#read += 1;
    return event;
  }

  /** Upwards from behind `after`. Throws UnknownPosition. */
  async forwards({ after: asked, limit, filter }: KurrentPageOptions): Promise<KurrentPage> {
    const after = asked > this.begins ? asked : this.begins;
    const wanted = serverFilter(filter);
    if (wanted === null) return NOTHING;
    const from = after === 0n ? 'start' : after;
    const raw = await this.#all.read({ from, limit: limit + 1, filter: wanted });
    return this.#page(raw, { limit, beyond: (position) => position > after, passes: passes(filter) });
  }

  /** Downwards from before `after`, from the end without it. Throws UnknownPosition. */
  async backwards(options: Omit<KurrentPageOptions, 'after'> & { after?: Position | undefined }): Promise<KurrentPage> {
    const { after, limit, filter } = options;
    const wanted = serverFilter(filter);
    if (wanted === null) return NOTHING;
    const beyond = (position: Position): boolean => position > this.begins && (after === undefined || position < after);
    const read: AllRead = { from: after ?? 'end', limit: limit + 1, filter: wanted, direction: 'backwards' };
    return this.#page(await this.#all.read(read), { limit, beyond, passes: passes(filter) });
  }

  /** The log's newest event; undefined for an empty log. */
  newest(): Promise<StoredEvent | undefined> {
    return this.#connection.persist(() => this.#newest.find());
  }

  /** The same in one attempt: throws the fault. */
  newestNow(): Promise<StoredEvent | undefined> {
    return this.#newest.find();
  }

  #page(
    raw: readonly RawEvent[],
    { limit, beyond, passes }: { limit: number; beyond: (position: Position) => boolean; passes: Passes },
  ): KurrentPage {
    const met = raw.filter(({ position }) => beyond(position)).slice(0, limit);
    const events = met.flatMap((one) => decode(one)?.event ?? []).filter(passes);
    this.#read += events.length;
    return { events, position: met.at(-1)?.position, whole: raw.length <= limit };
  }

  async #streamOnce(stream: string, from: bigint | 'end', limit: number): Promise<StoredEvent[]> {
    try {
      const raw = await this.#connection.read((reads) => reads.stream({ stream, from, limit }));
      return raw.flatMap((one) => decode(one) ?? []);
    } catch (error) {
      if (faultKindOf(error) === 'stream-not-found' || faultKindOf(error) === 'stream-deleted') return [];
      throw error;
    }
  }
}
