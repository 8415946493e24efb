import type { LogImport, RecordedEvent } from '../port.ts';
import { type ConnectOptions, newConnection } from './connect.ts';
import type { Connection } from './connection.ts';
import { APPEND_DEADLINE_MS } from './deadline.ts';
import { encode } from './events.ts';

/** The most events of one append, far below the size that the database accepts. */
const MOST_EVENTS = 16;

/** Neighbouring events of one stream; they go in one append. */
interface Run {
  readonly stream: string;
  readonly first: bigint;
  readonly events: RecordedEvent[];
}

/** Opens a database that nobody else writes to, to fill it with another log's events. Throws RangeError for a bad URL. */
export async function openKurrentLogImport(options: ConnectOptions): Promise<LogImport> {
  return new KurrentLogImport(await newConnection(options));
}

class KurrentLogImport implements LogImport {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Each append is answered before the next one is sent. Were several under way when a connection breaks, the database
   * might take a later one without the one before, and a wrong order can never be corrected there.
   */
  async add(events: readonly RecordedEvent[]): Promise<void> {
    for (const run of runsOf(events)) await this.#append(run);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Encoded once: sent again with the same ids and revision, it does no harm, whatever happened before. */
  async #append({ stream, first, events }: Run): Promise<void> {
    const recordedAt = events.map((event) => event.recordedAt);
    const encoded = encode(events, { append: `copy-${events.at(-1)?.id}`, recordedAt });
    const streamState = first === 0n ? 'no_stream' : first - 1n;
    const options = { streamState, deadline: APPEND_DEADLINE_MS } as const;
    await this.#connection.persist(() =>
      this.#connection.call((client) => client.appendToStream(stream, encoded, options)),
    );
  }
}

function runsOf(events: readonly RecordedEvent[]): Run[] {
  const runs: Run[] = [];
  for (const event of events) {
    const run = runs.at(-1);
    const follows = run?.stream === event.stream && run.first + BigInt(run.events.length) === event.revision;
    if (follows && run.events.length < MOST_EVENTS) run.events.push(event);
    else runs.push({ stream: event.stream, first: event.revision, events: [event] });
  }
  return runs;
}
