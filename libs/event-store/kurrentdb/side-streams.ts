import type { Json, Position } from '../../kernel/index.ts';
import { AllReads } from './all-reads.ts';
import type { Connection } from './connection.ts';
import { APPEND_DEADLINE_MS } from './deadline.ts';
import { faultKindOf } from './faults.ts';
import type { Filter } from './filter.ts';
import type { RawEvent } from './raw-event.ts';

/** The contents of a stream beside the log: its newest event; `missing` when it never existed, `deleted` for ever. */
export type SideEvent = { readonly data: unknown } | 'missing' | 'deleted';

/** An event of a stream beside the log, as a reader meets it. */
export interface SideChange {
  readonly stream: string;
  readonly position: Position;
  readonly created: Date;
  /** Null for the end of the stream. */
  readonly data: unknown;
}

export interface SideChanges {
  readonly changes: readonly SideChange[];
  /** The position of the database that was reached; undefined when there was nothing. */
  readonly position: Position | undefined;
  /** Nothing more was there. */
  readonly whole: boolean;
}

const PAGE = 1_000;
const TOMBSTONE = '$streamDeleted';

/** Streams in the log's database that are no part of the log: keys of the vault, shared secrets, notices of nodes. */
export class SideStreams {
  readonly #connection: Connection;

  readonly #all: AllReads;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#all = new AllReads(connection);
  }

  get hosts(): string {
    return this.#connection.hosts;
  }

  mustBeOpen(): void {
    this.#connection.mustBeOpen();
  }

  /** Makes a stream of one event; does nothing when this same event stands there. Throws StoreUnavailable. */
  async create(
    stream: string,
    event: { readonly id: string; readonly type: string; readonly data: Json },
  ): Promise<void> {
    await this.#append(stream, event, 'no_stream');
  }

  /** Adds an event after whatever is there; after an unknown outcome it may exist twice. Throws StoreUnavailable. */
  async add(stream: string, event: { readonly id: string; readonly type: string; readonly data: Json }): Promise<void> {
    await this.#append(stream, event, 'any');
  }

  /** How many events a stream keeps, and for how many seconds. */
  async limit(stream: string, limits: { readonly maxCount: number; readonly maxAge: number }): Promise<void> {
    await this.#connection.persist(() => this.#connection.call((client) => client.setStreamMetadata(stream, limits)));
  }

  async newest(stream: string): Promise<SideEvent> {
    try {
      const [newest] = await this.#connection.persist(() =>
        this.#connection.read((reads) => reads.stream({ stream, from: 'end', limit: 1 })),
      );
      return newest === undefined ? 'missing' : { data: newest.data };
    } catch (error) {
      if (faultKindOf(error) === 'stream-not-found') return 'missing';
      if (faultKindOf(error) === 'stream-deleted') return 'deleted';
      throw error;
    }
  }

  /** Ends a stream for ever: nobody can read or write it again, and scavenging removes its bytes. */
  async destroy(stream: string): Promise<void> {
    try {
      await this.#connection.persist(() => this.#connection.call((client) => client.tombstoneStream(stream)));
    } catch (error) {
      if (faultKindOf(error) !== 'stream-deleted') throw error;
    }
  }

  /** The newest position of the whole database; 0n when it is empty. */
  async end(): Promise<Position> {
    const [last] = await this.#all.read({ from: 'end', direction: 'backwards', limit: 1 });
    return last?.position ?? 0n;
  }

  /** The changes of streams with the prefix after a position that the database gave. */
  async since(prefix: string, after: Position): Promise<SideChanges> {
    const filter: Filter = { filterOn: 'streamName', prefixes: [prefix], checkpointInterval: 1 };
    const raw = await this.#all.read({ from: after === 0n ? 'start' : after, limit: PAGE, filter });
    const changes = raw.map(changeOf);
    return {
      changes: changes.filter(({ position }) => position > after),
      position: changes.at(-1)?.position,
      whole: raw.length < PAGE,
    };
  }

  /** The newest events of streams with the prefix, newest first. */
  async latest(prefix: string, limit: number): Promise<readonly SideChange[]> {
    const filter: Filter = { filterOn: 'streamName', prefixes: [prefix], checkpointInterval: 1 };
    return (await this.#all.read({ from: 'end', direction: 'backwards', limit, filter })).map(changeOf);
  }

  async #append(
    stream: string,
    event: { readonly id: string; readonly type: string; readonly data: Json },
    streamState: 'no_stream' | 'any',
  ): Promise<void> {
    const { id, type, data } = event;
    const stored = {
      id,
      type,
      contentType: 'application/json' as const,
      data: { toJSON: () => data },
      metadata: undefined,
    };
    const deadline = APPEND_DEADLINE_MS;
    await this.#connection.persist(() =>
      this.#connection.call((client) => client.appendToStream(stream, stored, { streamState, deadline })),
    );
  }
}

function changeOf({ stream, position, created, type, data }: RawEvent): SideChange {
  return { stream, position, created, data: type === TOMBSTONE ? null : data };
}
