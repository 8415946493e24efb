import { randomUUID } from 'node:crypto';
import type { EventData } from '@kurrent/kurrentdb-client';
import type { Position } from '../../kernel/index.ts';
import {
  type Appended,
  type ExpectedRevision,
  type NewEvent,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../port.ts';
import { checkAppend } from '../storable.ts';
import type { Connection } from './connection.ts';
import { APPEND_DEADLINE_MS } from './deadline.ts';
import { encode } from './events.ts';
import { faultKindOf } from './faults.ts';
import { KnownIds } from './known-ids.ts';
import type { KurrentReader } from './reader.ts';
import { Slots } from './slots.ts';

/**
 * The most appends under way at once. The client's stream of appends holds sixteen messages before it makes writers
 * wait, and a stream that breaks while writers wait ends the process with a rejection that nobody can catch.
 */
const ON_THEIR_WAY = 15;

const TOO_BIG = new Set([
  'maximum-append-size-exceeded',
  'append-record-size-exceeded',
  'transaction-max-size-exceeded',
]);

interface Append {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly expected: ExpectedRevision;
}

interface Placed extends Append {
  /** The revision of the append's first event. */
  readonly first: bigint;
}

interface Way {
  readonly connection: Connection;
  readonly slots: Slots;
}

/** Writes to the database: one append to a stream after the other, appends to different streams at once. */
export class Appender {
  /** There are several, since each takes a limited number of appends. */
  readonly #ways: readonly Way[];
  readonly #reader: KurrentReader;
  readonly #ids = new KnownIds();
  #turn = 0;
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(connections: readonly Connection[], reader: KurrentReader) {
    this.#ways = connections.map((connection) => ({ connection, slots: new Slots(ON_THEIR_WAY) }));
    this.#reader = reader;
  }

  append(append: Append): Promise<Appended> {
    const { stream } = append;
    const before = this.#last.get(stream) ?? Promise.resolve();
    const appended = before.then(() => this.#inTurn(append));
    const settled = appended
      .catch(() => undefined)
      .finally(() => {
        if (this.#last.get(stream) === settled) this.#last.delete(stream);
        this.#underWay.delete(settled);
      });
    this.#last.set(stream, settled);
    this.#underWay.add(settled);
    return appended;
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #inTurn(append: Append): Promise<Appended> {
    const { stream, events, expected } = append;
    checkAppend(stream, events);
    const encoded = encode(events, { append: randomUUID() });
    const first = expected === 'no-stream' ? 0n : expected + 1n;
    const ids = events.map((event) => event.id);
    const answer = await this.#ids.putting({ ids, stream, first }, () => this.#put({ ...append, first }, encoded));
    if (answer !== 'elsewhere') return answer;
    throw new WrongExpectedRevision(stream, expected, await this.#reader.newestRevision(stream));
  }

  /** The database's first answer is what was recorded; only an outcome that was unknown for a while is read back. */
  async #put(append: Placed, encoded: EventData[]): Promise<Appended> {
    const { stream, first, events } = append;
    const way = this.#nextWay();
    let attempts = 0;
    try {
      const position = await way.connection.persist(() => {
        attempts += 1;
        return this.#send(append, encoded, way);
      });
      if (attempts === 1 && position !== undefined) {
        return { position, revision: first + BigInt(events.length - 1), repeated: false };
      }
    } catch (error) {
      const standing = error instanceof WrongExpectedRevision ? await this.#standing(append, error.actual) : undefined;
      if (standing === undefined) throw error;
      return { ...standing, repeated: true };
    }
    const recorded = await this.#standing(append, first + BigInt(events.length - 1));
    if (recorded !== undefined) return { ...recorded, repeated: false };
    throw new StoreUnavailable('corrupt', `stream ${stream}: an append was acknowledged that is not there`);
  }

  /** The first way that is not full, so that few writers need one connection; full ones are used in turn. */
  #nextWay(): Way {
    this.#turn += 1;
    const way = this.#ways.find(({ slots }) => slots.free > 0) ?? this.#ways[this.#turn % this.#ways.length];
    if (way === undefined) throw new RangeError('an appender has connections');
    return way;
  }

  /** One attempt. Whatever happened to it, the next one with the same ids and revision does no harm. */
  async #send(
    { stream, expected }: Append,
    encoded: EventData[],
    { connection, slots }: Way,
  ): Promise<Position | undefined> {
    const free = await slots.take();
    try {
      const streamState = expected === 'no-stream' ? 'no_stream' : expected;
      const options = { streamState, deadline: APPEND_DEADLINE_MS } as const;
      const { position } = await connection.call((client) => client.appendToStream(stream, encoded, options));
      return position?.commit;
    } catch (error) {
      const actual = faultKindOf(error) === 'wrong-expected-version' ? actualOf(error) : undefined;
      if (actual !== undefined) throw new WrongExpectedRevision(stream, expected, actual);
      if (TOO_BIG.has(faultKindOf(error))) {
        throw new RangeError(`stream ${stream}: the events are larger than the database takes in one append`);
      }
      throw error;
    } finally {
      free();
    }
  }

  /** The place of these events, found by their own ids, when it is the place that they should have. */
  async #standing({ stream, first, events }: Placed, newest: ExpectedRevision): Promise<Place | undefined> {
    if (newest === 'no-stream' || newest < first + BigInt(events.length - 1)) return undefined;
    const page = await this.#reader.streamPage(stream, first, events.length);
    const isSame = events.every(({ id }, index) => page[index]?.event.id === id);
    const last = page.at(-1)?.event;
    return isSame && last !== undefined ? { position: last.position, revision: last.revision } : undefined;
  }
}

type Place = Pick<Appended, 'position' | 'revision'>;

function actualOf(error: unknown): ExpectedRevision | undefined {
  if (typeof error !== 'object' || error === null || !('actualState' in error)) return undefined;
  if (error.actualState === 'no_stream') return 'no-stream';
  return typeof error.actualState === 'bigint' ? error.actualState : undefined;
}
