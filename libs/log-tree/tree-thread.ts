import { Worker } from 'node:worker_threads';
import type { Position } from '../kernel/index.ts';
import { FollowingThread } from '../sqlite/index.ts';
import { AGAIN_MS } from './compare-pass.ts';
import type { Extent, FromTree, ToTree, TreeTask } from './messages.ts';

interface Listening {
  readonly heard: (message: FromTree) => void;
  readonly died: (reason: string) => void;
  /** Whether nobody waits for it. */
  readonly isFree: () => boolean;
}

export interface TreeThreadOptions extends TreeTask {
  /** The entry file, which calls `runTree`. */
  readonly worker: URL;
  /** Milliseconds without a new event after which it ends; 15 seconds unless told. */
  readonly restsAfterMs?: number | undefined;
  /** It begins once this resolves, or when somebody asks before; at once unless told. */
  readonly after?: Promise<void> | undefined;
}

/** A thread takes 12 MiB, and its start some 40 ms of a core. */
const RESTS_AFTER_MS = 15_000;
const AFTER_DEATH_MS = 1_000;

/**
 * The tree's thread; when it dies it is started again after a second, if it had started once. It rests when nothing was
 * recorded for a while: it begins again with the next event, when somebody asks, and for each comparison of log and tree.
 */
export class TreeThread {
  readonly #on: Listening;
  readonly #thread: FollowingThread<FromTree, ToTree>;
  readonly #idle: NodeJS.Timeout;
  readonly #againMs: number;
  #comparing: NodeJS.Timeout | undefined;
  /** As it was told last; undefined until then, and when that is not to be relied on. */
  #known: Extent | undefined;
  #isCaughtUp = false;
  /** Since this thread's start. */
  #isCompared = false;
  /** It began for a comparison alone, and nothing was recorded since. */
  #isForComparison = false;

  constructor({ worker, restsAfterMs = RESTS_AFTER_MS, after, ...task }: TreeThreadOptions, on: Listening) {
    this.#on = on;
    this.#againMs = task.againMs ?? AGAIN_MS;
    this.#thread = new FollowingThread<FromTree, ToTree>({
      start: (resumes) => this.#start(worker, resumes ? { ...task, known: this.#known } : task),
      name: "the tree's thread",
      close: { kind: 'close' },
      heard: (message) => this.#heard(message),
      died: (reason) => on.died(reason),
      againMs: () => AFTER_DEATH_MS,
      waits: after !== undefined,
    });
    this.#idle = setTimeout(() => this.#rest(), restsAfterMs).unref();
    void after?.then(() => this.#thread.wake());
  }

  send(message: ToTree): void {
    this.#thread.send(message);
  }

  /** The log has events up to here. */
  follow(position: Position): void {
    if (this.#known !== undefined && this.#thread.isResting && position > this.#known.position) this.#thread.wake();
  }

  /** Lets it put its leaves on disk, and ends it after 5 s at most. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    clearTimeout(this.#comparing);
    await this.#thread.close();
  }

  #start(entry: URL, task: TreeTask): Worker {
    clearTimeout(this.#comparing);
    this.#isCompared = false;
    return new Worker(entry, { workerData: task, name: 'log-tree' });
  }

  #heard(message: FromTree): void {
    if (message.kind === 'mismatch') this.#thread.giveUp();
    this.#on.heard(message);
    if (message.kind === 'opened' || message.kind === 'grown') this.#reaches(message);
    if (message.kind === 'grown') this.#isCaughtUp = message.caughtUp;
    if (message.kind !== 'compared') return;
    this.#isCompared = true;
    if (this.#isForComparison) this.#rest();
  }

  #reaches({ size, position, peaks }: Extent): void {
    if (size !== this.#known?.size) {
      this.#isForComparison = false;
      this.#idle.refresh();
    }
    this.#known = { size, position, peaks };
  }

  #rest(): void {
    if (this.#isCaughtUp && this.#isCompared && this.#on.isFree() && this.#thread.rest()) this.#compareLater();
    else this.#idle.refresh();
  }

  #compareLater(): void {
    this.#isForComparison = false;
    this.#comparing = setTimeout(() => {
      this.#isForComparison = true;
      this.#thread.wake();
    }, this.#againMs).unref();
  }
}
