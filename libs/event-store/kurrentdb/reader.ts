import type { AllStreamResolvedEvent, ReadPosition } from '@kurrent/kurrentdb-client';
import type { Position } from '../../kernel/index.ts';
import type { EventFilter, RecordedEvent } from '../port.ts';
import { AllReads, at, InvalidPosition, positionOf } from './all-reads.ts';
import type { Connection } from './connection.ts';
import { collected } from './deadline.ts';
import { decode, type StoredEvent } from './events.ts';
import { kindOf } from './faults.ts';
import { type Passes, passes, serverFilter } from './filter.ts';
import { Newest } from './newest.ts';

/** Events looked through at a time for a position that is none, at least. */
const LONGEST_STEP = 512;

export interface Page {
  readonly events: readonly RecordedEvent[];
  /** How far the read has come, past those that the filter left out; undefined when it has met nothing. */
  readonly position: Position | undefined;
  /** Nothing more was there to read. */
  readonly whole: boolean;
}

export interface PageOptions {
  readonly after: Position;
  readonly limit: number;
  readonly filter: EventFilter | undefined;
  /** `after` is a position that the database gave, not one that a caller made up. */
  readonly exact: boolean;
}

/** Reads by pages, each one call with its own deadline that is tried again while the database is away. */
export class Reader {
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

  /** Upwards from behind `after`. */
  forwards(options: PageOptions): Promise<Page> {
    return this.#forwards(options.after > this.begins ? options : { ...options, after: this.begins, exact: true });
  }

  async #forwards({ after, limit, filter, exact }: PageOptions): Promise<Page> {
    const wanted = serverFilter(filter);
    if (wanted === null) return { events: [], position: undefined, whole: true };
    const read = async (from: ReadPosition): Promise<Page> => {
      const raw = await this.#all.read({ from, limit: limit + 1, filter: wanted });
      return this.#page(raw, { limit, beyond: (position) => position > after, passes: passes(filter) });
    };
    if (after === 0n) return read('start');
    if (exact) return read(at(after));
    const page = (await this.#ifValid(() => read(at(after)))) ?? (await this.#ifValid(() => read(at(after + 1n))));
    return page ?? this.#searched({ after, limit, filter, exact });
  }

  /** Downwards from before `after`, from the end without it. */
  async backwards({
    after,
    limit,
    filter,
  }: Omit<PageOptions, 'after'> & { after?: Position | undefined }): Promise<Page> {
    const wanted = serverFilter(filter);
    if (wanted === null) return { events: [], position: undefined, whole: true };
    const beyond = (position: Position): boolean => position > this.begins && (after === undefined || position < after);
    const read = async (from: ReadPosition, most = limit): Promise<Page> => {
      const raw = await this.#all.read({ from, limit: most + 1, filter: wanted, direction: 'backwards' });
      return this.#page(raw, { limit: most, beyond, passes: passes(filter) });
    };
    if (after === undefined) return read('end');
    const page = await this.#ifValid(() => read(at(after)));
    if (page !== undefined) return page;
    let from: ReadPosition = 'end';
    for (;;) {
      const found: Page = await read(from, Math.max(limit, LONGEST_STEP));
      if (found.whole || found.events.length > 0 || found.position === undefined) {
        return { ...found, events: found.events.slice(0, limit) };
      }
      from = at(found.position);
    }
  }

  /** The log's newest event; undefined for an empty log. */
  newest(): Promise<StoredEvent | undefined> {
    return this.#connection.persist(() => this.#newest.find());
  }

  /** The same, asked once: throws the client's fault. */
  newestNow(): Promise<StoredEvent | undefined> {
    return this.#newest.find();
  }

  /** For a position that is none of the database's: reads from the start up to what lies behind it. */
  async #searched({ after, limit, filter }: PageOptions): Promise<Page> {
    let from = this.begins;
    for (;;) {
      const page = await this.#forwards({ after: from, limit: Math.max(limit, LONGEST_STEP), filter, exact: true });
      const events = page.events.filter((event) => event.position > after);
      const whole = page.whole && events.length <= limit;
      const kept = events.slice(0, limit);
      const position = whole || kept.length === 0 ? page.position : kept.at(-1)?.position;
      if (page.whole || kept.length > 0 || page.position === undefined) return { events: kept, position, whole };
      from = page.position;
    }
  }

  /** Undefined when the database says that there is no such position. */
  async #ifValid(read: () => Promise<Page>): Promise<Page | undefined> {
    try {
      return await read();
    } catch (error) {
      if (error instanceof InvalidPosition) return undefined;
      throw error;
    }
  }

  #page(
    raw: readonly AllStreamResolvedEvent[],
    { limit, beyond, passes }: { limit: number; beyond: (position: Position) => boolean; passes: Passes },
  ): Page {
    const met = raw.filter((resolved) => beyond(positionOf(resolved) ?? 0n)).slice(0, limit);
    const events = met.flatMap((resolved) => decode(resolved)?.event ?? []).filter(passes);
    this.#read += events.length;
    return { events, position: positionOf(met.at(-1)), whole: raw.length <= limit };
  }

  async #streamOnce(stream: string, from: bigint | 'end', limit: number): Promise<StoredEvent[]> {
    const direction = from === 'end' ? 'backwards' : 'forwards';
    try {
      const raw = await this.#connection.use((client) =>
        collected(
          client.readStream(stream, { ...this.#connection.reading, fromRevision: from, maxCount: limit, direction }),
          this.#callMs,
        ),
      );
      return raw.flatMap((resolved) => decode(resolved) ?? []);
    } catch (error) {
      if (kindOf(error) === 'stream-not-found' || kindOf(error) === 'stream-deleted') return [];
      throw error;
    }
  }

  get #callMs(): number {
    return this.#connection.callMs;
  }
}
