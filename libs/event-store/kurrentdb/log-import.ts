import type { LogImport, RecordedEvent } from '../port.ts';
import { type ConnectOptions, newConnection } from './connect.ts';
import type { Connection } from './connection.ts';
import { encode } from './events.ts';

/**
 * Appends that are sent before the first is answered, all on the client's one stream, where the database takes them in the
 * order in which they came. The client holds sixteen before it makes writers wait.
 */
const WINDOW = 15;
/** Events of one append at most, so that it stays far below the size that the database takes. */
const MOST_EVENTS = 16;

/** Neighbours in the log that stand in one stream: they go in one append. */
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
   * A window whose answers do not all come is sent again as it was, with the same ids and revisions: what stands there
   * already is taken for a repeat, and the first event that is missing is written before the next one.
   */
  async add(events: readonly RecordedEvent[]): Promise<void> {
    const runs = runsOf(events);
    for (let start = 0; start < runs.length; start += WINDOW) {
      const window = runs.slice(start, start + WINDOW);
      await this.#connection.persist(() => this.#send(window));
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #send(window: readonly Run[]): Promise<void> {
    const answers = await Promise.allSettled(window.map((run) => this.#append(run)));
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  async #append({ stream, first, events }: Run): Promise<void> {
    const recordedAt = events.map((event) => event.recordedAt);
    const encoded = encode(events, { append: `copy-${events.at(-1)?.id}`, recordedAt });
    const streamState = first === 0n ? 'no_stream' : first - 1n;
    const deadline = this.#connection.callMs;
    await this.#connection.call((client) => client.appendToStream(stream, encoded, { streamState, deadline }));
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
