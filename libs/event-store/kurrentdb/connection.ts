import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StoreUnavailable, WrongExpectedRevision } from '../port.ts';
import type { Credentials } from './address.ts';
import { backOff, pause, within } from './deadline.ts';
import { kindOf, NotAnswered, unreachable } from './faults.ts';

export type NewClient = () => KurrentDBClient;

/** What connections to one database know together. */
export interface Reach {
  /** A call failed for good and none went well since: then nobody else waits out their whole patience. */
  down: boolean;
}

export interface ConnectionOptions {
  readonly reach: Reach;
  readonly newClient: NewClient;
  /** For messages. */
  readonly hosts: string;
  /** Given to every read, since the client's reading half takes those of the connection string without decoding them. */
  readonly credentials: Credentials | undefined;
  /** The longest that one call may take, in milliseconds. */
  readonly callMs: number;
  /** How long a call that fails is tried again, in milliseconds. */
  readonly patienceMs: number;
}

/** How long a client that is let go may take to say goodbye. */
const GOODBYE_MS = 1_000;

/** How long a call is tried again once others have failed, in milliseconds: time for another client, and no more. */
const DOWN_PATIENCE_MS = 1_000;
/** How long a client that finds nobody is kept, in milliseconds. */
const OLD_ENOUGH_MS = 300;

/** Faults of the client that are answers. */
const ANSWERS = new Set(['wrong-expected-version', 'stream-not-found', 'stream-deleted']);

/**
 * One client of the database and its replacement. A client whose call was not answered is let go with all that it holds,
 * because it may wait on a dead stream for ever, and so would every call after it; and so is one that found the database
 * away, because its reading half never looks for it again.
 */
export class Connection {
  readonly hosts: string;
  readonly callMs: number;
  readonly #options: ConnectionOptions;
  readonly #closing = new AbortController();
  readonly #goodbyes = new Set<Promise<void>>();
  #client: KurrentDBClient | undefined;
  #madeAt = 0;

  constructor(options: ConnectionOptions) {
    this.hosts = options.hosts;
    this.callMs = options.callMs;
    this.#options = options;
  }

  /** Options that go with every read. */
  get reading(): { readonly credentials?: Credentials } {
    const { credentials } = this.#options;
    return credentials === undefined ? {} : { credentials };
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  get client(): KurrentDBClient {
    this.mustBeOpen();
    if (this.#client === undefined) {
      this.#client = this.#options.newClient();
      this.#madeAt = performance.now();
    }
    return this.#client;
  }

  mustBeOpen(): void {
    if (this.closed) throw new StoreUnavailable('closed', `the log at ${this.hosts} is closed`);
  }

  /** One call with its own deadline. Throws the client's fault, or NotAnswered. */
  call<Answer>(ask: (client: KurrentDBClient) => Promise<Answer>): Promise<Answer> {
    return this.use((client) => within(this.callMs, ask(client)));
  }

  /** Work that watches its deadlines itself. Throws the client's fault, or NotAnswered. */
  async use<Answer>(work: (client: KurrentDBClient) => Promise<Answer>): Promise<Answer> {
    const { client } = this;
    try {
      const answer = await work(client);
      this.#options.reach.down = false;
      return answer;
    } catch (error) {
      if (error instanceof NotAnswered) this.renew(client);
      if (kindOf(error) === 'unavailable') this.#renewInTime(client);
      throw error;
    }
  }

  /**
   * Does the work, and again while it fails for a reason that may pass. Throws StoreUnavailable once the patience is over,
   * and at once the client's fault where trying again is in vain.
   */
  async persist<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const { patienceMs, reach } = this.#options;
    const until = performance.now() + (reach.down ? Math.min(patienceMs, DOWN_PATIENCE_MS) : patienceMs);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (isFinal(error)) throw error;
        this.mustBeOpen();
        if (performance.now() >= until || kindOf(error) === 'access-denied') {
          reach.down = true;
          throw unreachable(this.hosts, error);
        }
        await pause(backOff(attempt), this.#closing.signal);
      }
    }
  }

  /** While the database is away every call fails: a client for each would cost more than the calls. */
  #renewInTime(client: KurrentDBClient): void {
    if (performance.now() - this.#madeAt >= OLD_ENOUGH_MS) this.renew(client);
  }

  /** Lets go of this client; the next call makes another. Does nothing when that has happened already. */
  renew(client: KurrentDBClient): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    const goodbye = this.#letGo(client).finally(() => this.#goodbyes.delete(goodbye));
    this.#goodbyes.add(goodbye);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#client !== undefined) this.renew(this.#client);
    await Promise.all(this.#goodbyes);
  }

  /** Cancels its streams and closes its channel, which the client itself leaves open for half an hour. */
  async #letGo(client: KurrentDBClient): Promise<void> {
    try {
      await within(GOODBYE_MS, client.dispose());
      const getChannel: unknown = Reflect.get(client, 'getChannel');
      if (typeof getChannel !== 'function') return;
      const channel: unknown = await within(GOODBYE_MS, Promise.resolve(Reflect.apply(getChannel, client, [])));
      if (isClosable(channel)) channel.close();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
}

/** Trying again does not mend it. */
function isFinal(error: unknown): boolean {
  const ours = [StoreUnavailable, WrongExpectedRevision, RangeError].some((type) => error instanceof type);
  return ours || ANSWERS.has(kindOf(error));
}

function isClosable(channel: unknown): channel is { close(): void } {
  return typeof channel === 'object' && channel !== null && 'close' in channel && typeof channel.close === 'function';
}
