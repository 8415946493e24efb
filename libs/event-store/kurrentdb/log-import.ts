import { type LogImport, type RecordedEvent, StoreUnavailable } from '../port.ts';
import { type ConnectOptions, newConnection } from './connect.ts';
import type { Connection } from './connection.ts';
import { encode } from './events.ts';

/** Appends that are under way at once: the client's stream of appends holds sixteen before it makes writers wait. */
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
      const positions = await this.#connection.persist(() => this.#send(window));
      if (!ascend(positions)) throw this.#disordered();
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /**
   * The first one goes alone: where the client has to open its stream of appends, whoever asked for it comes last. On an
   * open one the database takes appends in the order in which they are sent. Gives their positions, as far as it tells them.
   */
  async #send([first, ...others]: readonly Run[]): Promise<(bigint | undefined)[]> {
    if (first === undefined) return [];
    const position = await this.#append(first);
    const answers = await Promise.allSettled(others.map((run) => this.#append(run)));
    const positions = answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value;
    });
    return [position, ...positions];
  }

  async #append({ stream, first, events }: Run): Promise<bigint | undefined> {
    const recordedAt = events.map((event) => event.recordedAt);
    const encoded = encode(events, { append: `copy-${events.at(-1)?.id}`, recordedAt });
    const streamState = first === 0n ? 'no_stream' : first - 1n;
    const options = { streamState, deadline: this.#connection.callMs } as const;
    const { position } = await this.#connection.call((client) => client.appendToStream(stream, encoded, options));
    return position?.commit;
  }

  #disordered(): StoreUnavailable {
    const message = `the log at ${this.#connection.hosts} took events in another order than they were sent`;
    return new StoreUnavailable('io', `${message}; empty the database and copy again`);
  }
}

/** Positions that were not told are passed over. */
function ascend(positions: readonly (bigint | undefined)[]): boolean {
  const told = positions.filter((position) => position !== undefined);
  return told.every((position, index) => index === 0 || position > (told[index - 1] ?? 0n));
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
