import { Worker } from 'node:worker_threads';
import { programBeside } from '../../kernel/index.ts';
import type { CheckpointerData, FromCheckpointer, ToCheckpointer } from './checkpointer.worker.ts';
import type { DurableFile } from './durable-file.ts';
import { describeFault, type Fault } from './faults.ts';
import { WAL_BYTES_KEPT } from './schema.ts';

const PROGRAM = programBeside(import.meta.url, 'checkpointer.worker');

/** Events after which the write-ahead log is moved into the file: about 12,000 pages of it in a big log. */
const EVENTS = 4_096;
/**
 * How long the thread waits for more to do, in milliseconds: it takes 12 MiB, and its start some 40 ms of a core. Of a
 * thousand comments a second each move has a thread of its own; appends as fast as they can be keep theirs.
 */
const LINGER_MS = 300;
/** How often a checkpoint that failed is tried again, in milliseconds. */
const AGAIN_MS = 1_000;
/**
 * The most bytes in the write-ahead log while they cannot be moved: twice the usual amount, which bounds its use of a
 * full disk.
 */
const MOST_WAITING = 2 * WAL_BYTES_KEPT;

export interface CheckpointerOptions extends CheckpointerData {
  /** Replaces the 4,096 events after which pages are moved. */
  readonly events?: number | undefined;
  /** Replaces the 128 MiB that may wait while nothing can be moved. */
  readonly mostWaiting?: number | undefined;
  /** Called with each failed checkpoint, and with null for the first later one that succeeds. */
  readonly onOutcome: (fault: Fault | null) => void;
}

/**
 * Keeps the write-ahead log short without delaying commits. A thread of its own moves most of it, and the writer only
 * the pages added meanwhile, after which the write-ahead log begins anew. The thread starts when there is something to
 * do, and ends soon after. A write-ahead log that still grows long is moved by the writer.
 */
export class Checkpointer {
  readonly #open: DurableFile;
  readonly #options: CheckpointerOptions;
  readonly #each: number;
  #worker: Worker | null = null;
  #events = 0;
  #isUnderWay = false;
  /** False when a thread has ended by itself: from then on the writer does all of it. */
  #isTrusted = true;
  #ended: Promise<void> = Promise.resolve();
  #linger: NodeJS.Timeout | undefined;
  #failure: Fault | null = null;
  #again: NodeJS.Timeout | undefined;

  /** `open` is the writer's. */
  constructor(open: DurableFile, options: CheckpointerOptions) {
    this.#open = open;
    this.#options = options;
    this.#each = options.events ?? EVENTS;
  }

  /** Called after each commit. */
  committed(events: number): void {
    this.#events += events;
    if (this.#events < this.#each || this.#failure !== null) return;
    if (this.#isUnderWay || !this.#isTrusted) {
      if (this.#waitingBytes() >= WAL_BYTES_KEPT) this.#move();
      return;
    }
    this.#events = 0;
    this.#isUnderWay = true;
    clearTimeout(this.#linger);
    this.#worker ??= this.#start();
    this.#worker.postMessage('checkpoint' satisfies ToCheckpointer);
  }

  /** The reason why nothing more may be added to the write-ahead log, or null. */
  refusal(): Fault | null {
    const { file, mostWaiting = MOST_WAITING } = this.#options;
    if (this.#failure === null || this.#waitingBytes() < mostWaiting) return null;
    const what = `${file}-wal holds ${mostWaiting} bytes or more that do not go into ${file}`;
    return { reason: this.#failure.reason, message: `${what}, and takes no more: ${this.#failure.message}` };
  }

  /** Moves as much as possible at once, since a write found no room. */
  makeRoom(): void {
    this.#outcome(() => this.#open.checkpoint('TRUNCATE'));
  }

  /** Waits for a checkpoint under way, and lets go of the file. */
  async close(): Promise<void> {
    clearTimeout(this.#again);
    this.#end();
    await this.#ended;
  }

  /** Lets the thread finish what is under way. */
  #end(): void {
    clearTimeout(this.#linger);
    this.#worker?.postMessage('close' satisfies ToCheckpointer);
    this.#worker = null;
  }

  #start(): Worker {
    const { file } = this.#options;
    const worker = new Worker(PROGRAM, { workerData: { file }, execArgv: [], name: 'log-checkpoint' });
    worker.on('message', (fault: FromCheckpointer) => {
      this.#isUnderWay = false;
      this.#linger = setTimeout(() => this.#end(), LINGER_MS).unref();
      if (fault?.reason === 'disk-failed') this.#open.failed(fault);
      else if (fault !== null) this.#failed(fault);
      else this.#move();
    });
    worker.on('error', () => undefined);
    const exited = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        if (this.#worker === worker) this.#isTrusted = false;
        resolve();
      });
    });
    this.#ended = this.#ended.then(() => exited);
    return worker;
  }

  #move(): void {
    this.#outcome(() => this.#open.checkpoint('PASSIVE'));
  }

  #outcome(checkpoint: () => unknown): void {
    if (this.#open.fault !== null || !this.#open.db.open) return;
    try {
      checkpoint();
    } catch (error) {
      if (this.#open.fault === null) this.#failed(describeFault(error, this.#options.file));
      return;
    }
    if (this.#failure !== null) this.#options.onOutcome(null);
    this.#failure = null;
    clearTimeout(this.#again);
  }

  /** Pages without room stay in the write-ahead log, as safe as before, until there is room. */
  #failed(fault: Fault): void {
    this.#failure = fault;
    this.#options.onOutcome(fault);
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#move(), AGAIN_MS);
  }

  /** An unknown size is no reason to refuse: the commit itself reports the fault. */
  #waitingBytes(): number {
    try {
      return this.#open.unmovedBytes();
    } catch {
      return 0;
    }
  }
}
