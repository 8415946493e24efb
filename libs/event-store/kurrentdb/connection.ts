import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StoreUnavailable, UnknownPosition, WrongExpectedRevision } from '../port.ts';
import { backOff, patiently, pause } from './deadline.ts';
import { faultKindOf, NotAnswered, notReachable, ReadRefused } from './faults.ts';
import { endpointName, findNode } from './find-node.ts';
import { type RawReading, Reads } from './reads.ts';
import { endSession, type NodeSession } from './session.ts';
import type { Endpoint, Settings } from './settings.ts';

/** The shared knowledge of all connections to one database. */
export interface SharedReach {
  /** True when a call failed for good and none has succeeded since; then nobody else waits out the whole patience. */
  down: boolean;
}

export interface ConnectionOptions {
  readonly reach: SharedReach;
  readonly settings: Settings;
  readonly newClient: (url: string) => KurrentDBClient;
  /** The hosts, for messages. */
  readonly hosts: string;
  /** The longest that one call may take, in milliseconds. */
  readonly callMs: number;
  /** Milliseconds for which a failing call is tried again. */
  readonly patienceMs: number;
}

/** Milliseconds of silence after which a node is asked whether it is alive, and within which it must answer. */
const ALIVE_MS = 1_000;
/** The factor by which a search through a large log may take longer than other calls, while the node is alive. */
const LONGEST_SEARCH = 60;
/** Milliseconds for which a call is tried again once others have failed: enough for another node. */
const DOWN_PATIENCE_MS = 1_000;
/** Milliseconds for which a session that finds no node is kept. */
const OLD_ENOUGH_MS = 300;

/** Faults that are answers of the database. */
const ANSWERS = new Set(['wrong-expected-version', 'stream-not-found', 'stream-deleted', 'invalid-position']);

/**
 * One session with a node of the database, and its replacement. A silent node that does not even say that it is alive,
 * such as a frozen one, is given up after two seconds with everything that waits for it, and another one is looked for.
 */
export class Connection {
  readonly hosts: string;
  readonly #options: ConnectionOptions;
  readonly #closing = new AbortController();
  readonly #goodbyes = new Set<Promise<void>>();
  #session: Promise<NodeSession> | undefined;
  /** All nodes that were ever named, by name. */
  #known: ReadonlySet<string>;
  /** The leader, according to the node before. */
  #leader: Endpoint | undefined;
  readonly #silent = new CountedSet<NodeSession>();

  constructor(options: ConnectionOptions) {
    this.hosts = options.hosts;
    this.#options = options;
    this.#known = new Set(options.settings.hosts.map(endpointName));
  }

  /** The number of sessions given up because their node did not answer. */
  get unanswered(): number {
    return this.#silent.count;
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  mustBeOpen(): void {
    if (this.closed) throw new StoreUnavailable('closed', `the log at ${this.hosts} is closed`);
  }

  /** Throws NotFound, StoreUnavailable for a connection that is closed. */
  async session(): Promise<NodeSession> {
    this.mustBeOpen();
    this.#session ??= this.#begin().catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    const session = await this.#session;
    this.mustBeOpen();
    return session;
  }

  /** One call of the client with a deadline of its own. Throws the client's fault, or NotAnswered. */
  call<Answer>(ask: (client: KurrentDBClient) => Promise<Answer>): Promise<Answer> {
    return this.#use((session) => this.#answerOf(session, ask(session.client), this.#options.callMs));
  }

  /**
   * One read with a deadline of its own; a search may take longer, as long as the node is alive. Throws ReadRefused,
   * NotAnswered.
   */
  read<Found>(
    begin: (reads: Reads) => RawReading<Found>,
    { isSearch = false }: { readonly isSearch?: boolean } = {},
  ): Promise<readonly Found[]> {
    const longestMs = this.#options.callMs * (isSearch ? LONGEST_SEARCH : 1);
    return this.#use(async (session) => {
      const reading = begin(session.reads);
      try {
        return await this.#answerOf(session, reading.found, longestMs);
      } catch (error) {
        reading.cancel();
        throw error;
      }
    });
  }

  /** The version that the server tells of itself. Throws gRPC's error, NotFound. */
  version(): Promise<string> {
    return this.#use(({ reads }) => reads.version(this.#options.callMs));
  }

  /**
   * Does the work, and repeats it while it fails for a passing reason. Throws StoreUnavailable when the patience is
   * over, and at once a fault that repeats cannot mend.
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
        if (performance.now() >= until || faultKindOf(error) === 'access-denied') {
          reach.down = true;
          throw notReachable(this.hosts, error);
        }
        await pause(backOff(attempt), this.#closing.signal);
      }
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const session = await this.#session?.catch(() => undefined);
    if (session !== undefined) this.#letGo(session);
    await Promise.all(this.#goodbyes);
  }

  async #begin(): Promise<NodeSession> {
    const node = await this.#node();
    const { settings, newClient } = this.#options;
    return {
      client: newClient(settings.urlOf(node)),
      reads: new Reads(node, settings),
      madeAt: performance.now(),
    };
  }

  async #node(): Promise<Endpoint> {
    const { settings, callMs } = this.#options;
    const leader = this.#leader;
    this.#leader = undefined;
    if (leader !== undefined) return leader;
    const [only] = settings.hosts;
    if (!settings.discovers && only !== undefined) return only;
    const { node, known } = await findNode(settings, this.#known, callMs);
    this.#known = known;
    return node;
  }

  async #use<Answer>(work: (session: NodeSession) => Promise<Answer>): Promise<Answer> {
    const session = await this.session();
    try {
      const answer = await work(session);
      this.#options.reach.down = false;
      return answer;
    } catch (error) {
      this.#noteFault(session, error);
      throw error;
    }
  }

  #noteFault(session: NodeSession, error: unknown): void {
    if (error instanceof NotAnswered) {
      this.#silent.add(session);
      this.#letGo(session);
    }
    if (error instanceof ReadRefused && error.leader !== undefined) {
      this.#leader = error.leader;
      this.#letGo(session);
    }
    if (faultKindOf(error) === 'unavailable' && performance.now() - session.madeAt >= OLD_ENOUGH_MS)
      this.#letGo(session);
  }

  #answerOf<Answer>({ reads }: NodeSession, answer: Promise<Answer>, longestMs: number): Promise<Answer> {
    const aliveMs = Math.min(ALIVE_MS, this.#options.callMs);
    return patiently(answer, { longestMs, aliveMs, alive: () => reads.version(aliveMs) });
  }

  /** The next call makes another session. Does nothing when that has happened already. */
  #letGo(session: NodeSession): void {
    const current = this.#session;
    const goodbye = (async () => {
      if ((await current?.catch(() => undefined)) !== session) return;
      if (this.#session === current) this.#session = undefined;
      await endSession(session);
    })().finally(() => this.#goodbyes.delete(goodbye));
    this.#goodbyes.add(goodbye);
  }
}

/** Counts each item once, and keeps none of them. */
class CountedSet<Item extends object> {
  readonly #items = new WeakSet<Item>();
  count = 0;

  add(item: Item): void {
    if (this.#items.has(item)) return;
    this.#items.add(item);
    this.count += 1;
  }
}

/** True when a repeat cannot mend it. */
function isFinal(error: unknown): boolean {
  const ours = [StoreUnavailable, UnknownPosition, WrongExpectedRevision, RangeError].some(
    (type) => error instanceof type,
  );
  return ours || ANSWERS.has(faultKindOf(error));
}
