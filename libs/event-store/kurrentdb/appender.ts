import { randomUUID } from 'node:crypto';
import type { EventData } from '@kurrent/kurrentdb-client';
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
import { kindOf } from './faults.ts';
import { KnownIds } from './known-ids.ts';
import type { Reader } from './reader.ts';
import { Slots } from './slots.ts';

/**
 * Appends on their way at once. The client's stream of appends holds sixteen messages before it makes writers wait, and a
 * stream that breaks while writers wait ends the process with a rejection that nobody can catch.
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
  /** `recordedAt` of each event when they are copied from another log. */
  readonly recordedAt?: readonly string[];
}

/** Writes to the database: one append to a stream after the other, appends to different streams at once. */
export class Appender {
  readonly #connection: Connection;
  readonly #reader: Reader;
  readonly #ids = new KnownIds();
  readonly #slots = new Slots(ON_THEIR_WAY);
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(connection: Connection, reader: Reader) {
    this.#connection = connection;
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
    const { stream, events, expected, recordedAt } = append;
    checkAppend(stream, events);
    const mark = randomUUID();
    const encoded = encode(events, { append: mark, ...(recordedAt === undefined ? {} : { recordedAt }) });
    const first = expected === 'no-stream' ? 0n : expected + 1n;
    const answer = await this.#ids.putting({ ids: events.map((event) => event.id), stream, first }, async () => {
      await this.#connection.persist(() => this.#send(append, encoded));
      return this.#result(append, mark);
    });
    if (answer !== 'elsewhere') return answer;
    throw new WrongExpectedRevision(stream, expected, await this.#reader.newestRevision(stream));
  }

  /** One attempt. Whatever became of it, the next one with the same ids and revision does no harm. */
  async #send({ stream, expected }: Append, encoded: EventData[]): Promise<void> {
    const free = await this.#slots.take();
    try {
      const streamState = expected === 'no-stream' ? 'no_stream' : expected;
      const deadline = APPEND_DEADLINE_MS;
      await this.#connection.call((client) => client.appendToStream(stream, encoded, { streamState, deadline }));
    } catch (error) {
      const actual = kindOf(error) === 'wrong-expected-version' ? actualOf(error) : undefined;
      if (actual !== undefined) throw new WrongExpectedRevision(stream, expected, actual);
      if (TOO_BIG.has(kindOf(error))) {
        throw new RangeError(`stream ${stream}: the events are larger than the database takes in one append`);
      }
      throw error;
    } finally {
      free();
    }
  }

  /**
   * Reads the last event back: the database answers a repeat as it answers the first time, and who wrote the event is told
   * by its mark alone. Two nodes that send the same ids at once must not both believe that theirs were recorded.
   */
  async #result({ stream, events, expected }: Append, mark: string): Promise<Appended> {
    const revision = (expected === 'no-stream' ? -1n : expected) + BigInt(events.length);
    const [last] = await this.#reader.streamPage(stream, revision, 1);
    if (last?.event.revision !== revision || last.event.id !== events.at(-1)?.id) {
      throw new StoreUnavailable('corrupt', `stream ${stream}: an append was acknowledged that is not there`);
    }
    return { position: last.event.position, revision, repeated: last.append !== mark };
  }
}

function actualOf(error: unknown): ExpectedRevision | undefined {
  if (typeof error !== 'object' || error === null || !('actualState' in error)) return undefined;
  if (error.actualState === 'no_stream') return 'no-stream';
  return typeof error.actualState === 'bigint' ? error.actualState : undefined;
}
