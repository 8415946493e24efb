import type { CommentFilter, CommentSort } from '../words/index.ts';
import { keepTrying } from './keep-trying.ts';
import type { LiveClient } from './live-client.ts';
import type { ServerMessages } from './live-messages.ts';
import type { OutboxEntry } from './outbox.ts';
import { ColloquyProblem } from './problem.ts';
import type { Comment } from './shapes.ts';
import { addPage, addRead, advance, applyChanges, recounted, type Thread } from './thread-fold.ts';
import { ThreadReader, type ThreadSource } from './thread-reader.ts';

export interface FollowerOptions {
  readonly rest: ThreadSource;
  readonly live: LiveClient;
  readonly postId: string;
  /** `oldest` unless told. */
  readonly sort?: CommentSort;
  /** Top-level comments on a page; 50 unless told. */
  readonly limit?: number;
  /** Only these comments are read, each for itself; all unless told. */
  readonly only?: CommentFilter;
  /** The thread that the page already shows; read over REST without it. */
  readonly thread?: Thread;
}

export interface SessionState {
  /**
   * `live`: everything up to now is shown, and changes arrive by themselves. `refused`: for the reason in `problem`.
   */
  readonly connection: 'connecting' | 'live' | 'offline' | 'refused';
  /** Null until it was first read. */
  readonly thread: Thread | null;
  readonly outbox: readonly OutboxEntry[];
  readonly presence: { readonly readers: number; readonly typing: readonly string[] };
  /** The obstacle to `live`; it is tried again unless the connection is `refused`. */
  readonly problem: ColloquyProblem | null;
}

const NOBODY = { readers: 0, typing: [] } as const;

/**
 * One thread as a reader follows it: read once, kept current by live changes, and caught up after every break of the
 * connection without a gap or a double. Those who write have a ThreadSession, so that readers load none of the sending.
 */
export class ThreadFollower {
  readonly #live: LiveClient;
  readonly #postId: string;
  readonly #reader: ThreadReader;
  readonly #listeners = new Set<() => void>();
  readonly #stops: (() => void)[] = [];
  #state: SessionState;
  /** Aborted with its connection (or its reading anew), so that late answers to an earlier one are ignored. */
  #current = new AbortController();
  /** The changes heard since the last join was sent: they can arrive before its answer. */
  #early: ServerMessages['thread:changes'][] = [];

  constructor({ rest, live, postId, sort = 'oldest', limit = 50, only, thread }: FollowerOptions) {
    this.#live = live;
    this.#postId = postId;
    this.#reader = new ThreadReader(rest, { postId, sort, limit, only });
    this.#state = {
      connection: 'connecting',
      thread: thread ?? null,
      outbox: [],
      presence: NOBODY,
      problem: null,
    };
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Called after each change of `state`; gives the function that stops listening. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  start(): void {
    this.#stops.push(
      this.#live.onConnected(() => this.#sync()),
      this.#live.onDisconnected(() => this.#lost()),
      this.#live.onRefused((problem) => this.#set(problem.passing ? { problem } : { connection: 'refused', problem })),
      this.#live.onMessage('thread:changes', (message) => this.#hear(message)),
      this.#live.onMessage('thread:presence', ({ postId, readers, typing }) => {
        if (postId === this.#postId) this.#set({ presence: { readers, typing } });
      }),
    );
    if (this.#live.connected) this.#sync();
  }

  /** Leaves the thread; unsent comments stay kept. */
  stop(): void {
    this.#current.abort();
    for (const stop of this.#stops.splice(0)) stop();
    if (this.#live.connected) this.#live.ask('thread:leave', { postId: this.#postId }).catch(() => undefined);
  }

  /** Reads the next page, if there is one. Throws ColloquyProblem. */
  async loadMore(): Promise<void> {
    const before = this.#state.thread;
    if (before === null || before.next === null) return;
    const page = await this.#reader.next(before);
    const now = this.#state.thread;
    if (now !== null && now.next === before.next) this.#show(addPage(now, page));
  }

  /** Catches up with the forum and continues from there; `anew` when the shown thread cannot be continued. */
  #sync(anew = false): void {
    this.#current.abort();
    this.#current = new AbortController();
    const { signal } = this.#current;
    this.#set({ connection: 'connecting', problem: null });
    keepTrying(
      () => this.#catchUp(anew, signal),
      signal,
      (problem) => this.#set({ problem }),
    ).catch((failure: unknown) => this.#set({ connection: 'refused', problem: asProblem(failure) }));
  }

  /**
   * Changes that arrive before the join is sent are in its answer, or were shown before; changes that arrive later
   * follow it.
   */
  async #catchUp(anew: boolean, signal: AbortSignal): Promise<void> {
    let read = anew || this.#state.thread === null ? await this.#reader.read(this.#state.thread, signal) : null;
    if (read !== null && this.#state.thread === null && !signal.aborted) this.#show(read);
    for (;;) {
      const after = (read ?? this.#state.thread)?.position;
      this.#early = [];
      const joined = await this.#live.ask('thread:join', {
        postId: this.#postId,
        ...(after === undefined ? {} : { after }),
      });
      if (signal.aborted) return;
      const thread = read ?? this.#state.thread;
      if (!joined.reload && thread !== null) {
        this.#set({ connection: 'live', problem: null });
        const now = advance(applyChanges(thread, joined.changes), joined.position);
        this.#show(recounted(now, BigInt(joined.position), joined));
        for (const heard of this.#early) this.#hear(heard);
        return this.whenLive(signal);
      }
      this.#reader.saw(joined.position);
      read = await this.#reader.read(thread, signal);
    }
  }

  #hear(message: ServerMessages['thread:changes']): void {
    const { postId, changes, reload, position, ...counts } = message;
    if (postId !== this.#postId) return;
    const { connection, thread } = this.#state;
    if (reload === true) {
      if (position !== undefined) this.#reader.saw(position);
      this.#sync(true);
    } else if (connection === 'live' && thread !== null) {
      this.#show(applyChanges(thread, changes, counts));
    } else this.#early.push(message);
  }

  #lost(): void {
    this.#current.abort();
    this.#set({ connection: 'offline', presence: NOBODY });
  }

  /**
   * Shows a comment as the forum answered it to this reader, who may see more of it than the changes tell everybody.
   */
  keep(comment: Comment, position = comment.position): void {
    this.keepAll([comment], position);
  }

  /** The same with many, parents before their answers. */
  keepAll(comments: readonly Comment[], position: string): void {
    if (this.#state.thread !== null) this.#show(addRead(this.#state.thread, comments, position));
  }

  #show(thread: Thread): void {
    this.#set({ thread });
    this.whenShown(thread);
  }

  /** Called when everything up to now is shown; the signal aborts with the connection. */
  protected whenLive(_signal: AbortSignal): void {}

  protected whenShown(_thread: Thread): void {}

  protected get signal(): AbortSignal {
    return this.#current.signal;
  }

  /** A comment of this reader's own is stored: reads from now on show no less. */
  protected stored(comment: Comment, position: string): void {
    this.#reader.saw(position);
    this.keep(comment, position);
  }

  protected showOutbox(outbox: SessionState['outbox']): void {
    this.#set({ outbox });
  }

  #set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function asProblem(failure: unknown): ColloquyProblem {
  if (failure instanceof ColloquyProblem) return failure;
  const detail = failure instanceof Error ? failure.message : String(failure);
  return new ColloquyProblem({ code: 'unexpected_answer', detail }, undefined, { cause: failure });
}
