import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { DomainError, type Position } from '../kernel/index.ts';
import { threadEnded } from '../sqlite/index.ts';
import type { DayCount, FromIndex, IndexQuery, IndexState, Span, ToIndex } from './port.ts';
import type { IndexTask } from './run-index.ts';

/** Milliseconds after the last question for which the index is kept current. */
const IDLE_MS = 10 * 60_000;

export interface EventIndexOptions extends IndexTask {
  /** The entry file of the thread, which calls `runEventIndex`. */
  readonly worker: URL;
  readonly idleMs?: number;
  readonly onProblem?: (reason: string) => void;
}

type Question = Exclude<ToIndex, { kind: 'close' }>;
type Unnumbered<Q> = Q extends Question ? Omit<Q, 'ask'> : never;

/**
 * Finds events by type, actor, correlation, cause and time. The index is a file of its own, built by a thread of its
 * own at the first question, kept current while it is used, and caught up when it is used again.
 */
export class EventIndex {
  readonly #options: EventIndexOptions;
  readonly #asked = new Map<number, PromiseWithResolvers<FromIndex>>();
  #worker: Worker | null = null;
  #state: IndexState;
  #ask = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: EventIndexOptions) {
    this.#options = options;
    this.#state = { state: existsSync(options.file) ? 'resting' : 'none', position: 0n, head: 0n };
  }

  state(): IndexState {
    return this.#state;
  }

  /** Builds the index, catches it up, and keeps it current from now on. */
  use(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), this.#options.idleMs ?? IDLE_MS);
    this.#idle.unref();
    this.#worker ??= this.#start();
  }

  /**
   * Throws DomainError not_caught_up while it is being built. `head` is the log's end: every event up to it is found.
   */
  async find(query: IndexQuery, span: Span, head: Position): Promise<readonly Position[]> {
    const answer = await this.#question({ kind: 'find', query, span, head });
    if (answer.kind !== 'found') throw this.#notYet();
    return answer.positions;
  }

  /** Throws DomainError not_caught_up while it is being built. */
  async days(head: Position): Promise<readonly DayCount[]> {
    const answer = await this.#question({ kind: 'days', head });
    if (answer.kind !== 'counted') throw this.#notYet();
    return answer.days;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    if (this.#state.state !== 'none') this.#state = { ...this.#state, state: 'resting' };
    if (worker === null) return;
    worker.postMessage({ kind: 'close' } satisfies ToIndex);
    await threadEnded(worker);
  }

  async #question(question: Unnumbered<Question>): Promise<FromIndex> {
    this.use();
    if (this.#state.state !== 'ready' && this.#state.head - this.#state.position > 5_000n) throw this.#notYet();
    this.#ask += 1;
    const asked = Promise.withResolvers<FromIndex>();
    this.#asked.set(this.#ask, asked);
    this.#worker?.postMessage({ ...question, ask: this.#ask } satisfies Question);
    return asked.promise;
  }

  #start(): Worker {
    const { file, log, worker: entry } = this.#options;
    const worker = new Worker(entry, { workerData: { file, log } satisfies IndexTask });
    worker.unref();
    this.#state = { ...this.#state, state: 'building' };
    worker.on('message', (message: FromIndex) => this.#heard(worker, message));
    worker.on('error', (error) => this.#options.onProblem?.(`the index of events failed: ${error}`));
    worker.on('exit', () => this.#exited(worker));
    return worker;
  }

  #heard(worker: Worker, message: FromIndex): void {
    if (message.kind !== 'state') {
      this.#asked.get(message.ask)?.resolve(message);
      this.#asked.delete(message.ask);
      return;
    }
    if (worker !== this.#worker) return;
    const { position, head, ready } = message;
    this.#state = { state: ready ? 'ready' : 'building', position, head };
  }

  /** Forgets open questions; whoever wants an answer asks again. */
  #exited(worker: Worker): void {
    if (this.#worker === worker) {
      this.#worker = null;
      this.#state = { ...this.#state, state: 'resting' };
    }
    for (const [ask, { resolve }] of this.#asked) resolve({ kind: 'failed', ask, reason: 'ended' });
    this.#asked.clear();
  }

  #notYet(): DomainError {
    const { position, head } = this.#state;
    const percent = head === 0n ? 0 : Number((position * 100n) / head);
    return new DomainError(
      'not_caught_up',
      `The index of events is being built: ${percent} % of the log is read.`,
      [],
      2,
    );
  }
}
