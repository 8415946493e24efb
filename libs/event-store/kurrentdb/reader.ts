import type { AllStreamResolvedEvent, Filter, KurrentDBClient, ReadPosition } from '@kurrent/kurrentdb-client';
import type { Position } from '../../kernel/index.ts';
import type { EventFilter, RecordedEvent } from '../port.ts';
import type { Connection } from './connection.ts';
import { collected } from './deadline.ts';
import { decode, type StoredEvent } from './events.ts';
import { kindOf } from './faults.ts';
import { ALL_OF_LOG, isForumStream, type Passes, passes, serverFilter } from './filter.ts';

/** Events looked through at a time on the way back from the end, at first and at most. */
const FIRST_STEP = 16;
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

interface AllRead {
  readonly from: ReadPosition;
  readonly limit: number;
  readonly filter?: Filter;
  readonly direction?: 'forwards' | 'backwards';
}

/** Reads by pages, each one call with its own deadline that is tried again while the database is away. */
export class Reader {
  readonly #connection: Connection;
  /** Events up to this position are not the log's. */
  readonly begins: Position;
  /** The end of the whole database when it was last looked at, and the log's newest event then. */
  #known: { readonly end: Position; readonly newest: StoredEvent | undefined } | undefined;
  #read = 0;

  constructor(connection: Connection, begins: Position) {
    this.#connection = connection;
    this.begins = begins;
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
      const raw = await this.#all({ from, limit: limit + 1, filter: wanted });
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
      const raw = await this.#all({ from, limit: most + 1, filter: wanted, direction: 'backwards' });
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
    return this.#connection.persist(() => this.newestNow());
  }

  /** The same, asked once: throws the client's fault. */
  async newestNow(): Promise<StoredEvent | undefined> {
    const [very] = await this.#allOnce({ from: 'end', limit: 1, direction: 'backwards' });
    const end = positionOf(very);
    if (end === undefined) return undefined;
    const known = this.#known === undefined || this.#known.end > end ? undefined : this.#known;
    if (known?.end === end) return known.newest;
    const last = known === undefined ? await this.#lastOfLog() : await this.#walkBack(known);
    const newest = last === undefined || last.event.position <= this.begins ? undefined : last;
    this.#known = { end, newest };
    return newest;
  }

  async #lastOfLog(): Promise<StoredEvent | undefined> {
    const [last] = await this.#allOnce({ from: 'end', limit: 1, direction: 'backwards', filter: ALL_OF_LOG });
    return last && (decode(last) ?? (await this.#walkBack({ end: 0n, newest: undefined })));
  }

  /** Looks through what is new since, so that many notices and keys behind the newest event are not read each time. */
  async #walkBack(known: {
    readonly end: Position;
    readonly newest: StoredEvent | undefined;
  }): Promise<StoredEvent | undefined> {
    let from: ReadPosition = 'end';
    for (let limit = FIRST_STEP; ; limit = Math.min(limit * 2, LONGEST_STEP)) {
      const raw = await this.#allOnce({ from, limit, direction: 'backwards' });
      for (const resolved of raw) {
        const position = positionOf(resolved);
        if (position !== undefined && position <= known.end) return known.newest;
        const stored = decode(resolved);
        if (stored !== undefined && isForumStream(stored.event.stream)) return stored;
      }
      const last = positionOf(raw.at(-1));
      if (last === undefined || raw.length < limit) return known.newest;
      from = at(last);
    }
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

  #all(read: AllRead): Promise<AllStreamResolvedEvent[]> {
    return this.#connection.persist(() => this.#allOnce(read));
  }

  async #allOnce({ from, limit, filter, direction = 'forwards' }: AllRead): Promise<AllStreamResolvedEvent[]> {
    const options = {
      ...this.#connection.reading,
      fromPosition: from,
      maxCount: limit,
      direction,
      ...(filter === undefined ? {} : { filter }),
    };
    const alive = (client: KurrentDBClient) => async (): Promise<void> => {
      await collected(
        client.readAll({ ...this.#connection.reading, fromPosition: 'end', maxCount: 1, direction: 'backwards' }),
        this.#callMs,
      );
    };
    try {
      return await this.#connection.use((client) =>
        collected(client.readAll(options), this.#callMs, filter === undefined ? undefined : alive(client)),
      );
    } catch (error) {
      if (typeof from === 'object' && refusesPosition(error)) throw new InvalidPosition();
      throw error;
    }
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

class InvalidPosition extends RangeError {
  override readonly name = 'InvalidPosition';
}

/** Known by its words alone, since the client has no type for it. */
function refusesPosition(error: unknown): boolean {
  return kindOf(error) === 'unknown' && error instanceof Error && /invalid|illegal/i.test(error.message);
}

/** The database's own positions are pairs; for events that were appended in the usual way both are the same. */
function at(position: Position): { commit: bigint; prepare: bigint } {
  return { commit: position, prepare: position };
}

function positionOf(resolved: AllStreamResolvedEvent | undefined): Position | undefined {
  return resolved?.event?.position.commit ?? resolved?.link?.position.commit ?? resolved?.commitPosition;
}
