import { subscribe } from 'node:diagnostics_channel';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/** How much what is in memory may grow before what is left of it is looked for, in percent. */
const GROWTH = 50;
const LEAN = [`--heap-growing-percent=${GROWTH}`, '--optimize-for-size', '--parallel-scavenge'] as const;
/**
 * While there is work: as fast as when V8 goes by itself, in four fifths of the memory. Each thread looks through its young objects alone: there
 * are few, and threads of V8's that help are in the way of those that work.
 */
const AT_WORK = ['--heap-growing-percent=100', '--no-optimize-for-size', '--no-parallel-scavenge'] as const;
/** V8 decides by itself, as it did when the program began: a heap may become three times as large. */
const BY_ITSELF = ['--heap-growing-percent=0', '--no-optimize-for-size', '--parallel-scavenge'] as const;
/** Milliseconds after the last work until the heap is lean again. */
const REST_AFTER = 10_000;
/** So many small things within a second are work. */
const MANY = 100;
const SECOND_MS = 1_000;
/** Milliseconds after which a thread that has said nothing has begun all the same. */
const BEGINS_WITHIN = 1_000;

/**
 * How V8 takes memory, in all threads of the process: a lean heap grows by half before it is looked through, so that an hour in which thousands
 * of mails are written takes little more memory than one without. Work that is all garbage, such as searches or a hundred comments a second, is then held up
 * by collections, a fifth of its time: it says that it is there, and the heap grows faster until it is over.
 */
export class HeapPace {
  readonly #tell: (flag: string) => void;
  #isLean = false;
  #work: NodeJS.Timeout | null = null;
  /** Small things since when, in milliseconds of `performance.now`. */
  #small = { since: 0, count: 0 };
  /** What holds when no thread begins. */
  #wanted: readonly string[] = BY_ITSELF;
  /** Threads that begin. */
  #beginning = 0;

  constructor(tell: (flag: string) => void) {
    this.#tell = tell;
  }

  /**
   * From now on the heap is lean unless there is work, until what it gives is called. To be called when a server is ready, since a heap
   * that grows from nothing would be looked through again and again, and V8 makes smaller but slower programs of what it reads with `optimize-for-size`; and
   * to be ended before the server ends: V8 has one mark for all its settings, and what is kept of a program at its end
   * (bin/run-program.cjs) is of no use to a start whose mark is another.
   */
  keepLean(): () => void {
    this.#isLean = true;
    this.#set(LEAN);
    return () => {
      this.#isLean = false;
      if (this.#work !== null) clearTimeout(this.#work);
      this.#work = null;
      this.#set(BY_ITSELF);
    };
  }

  /** There is work that leaves much behind. Costs nothing when it is said again and again. */
  atWork(): void {
    if (!this.#isLean) return;
    if (this.#work !== null) {
      this.#work.refresh();
      return;
    }
    this.#set(AT_WORK);
    this.#work = setTimeout(() => {
      this.#work = null;
      this.#set(LEAN);
    }, REST_AFTER).unref();
  }

  /** Something small was done, such as a comment that was written: one costs little, and many at once are work. */
  small(): void {
    if (!this.#isLean) return;
    const now = performance.now();
    if (now - this.#small.since > SECOND_MS) this.#small = { since: now, count: 0 };
    this.#small.count += 1;
    if (this.#small.count === MANY) this.atWork();
  }

  /**
   * A thread begins: until its first message V8 has its own settings. With others Node refuses what is compiled of its own modules, and
   * run-program.cjs finds nothing of the thread's: 25 to 35 ms of the processor more.
   */
  threadBegins(thread: { once(event: 'message' | 'exit', heard: () => void): unknown }): void {
    if (!this.#isLean) return;
    let isOver = false;
    const begun = (): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(overdue);
      this.#beginning -= 1;
      if (this.#beginning === 0) this.#tellAll(this.#wanted);
    };
    const overdue = setTimeout(begun, BEGINS_WITHIN).unref();
    thread.once('message', begun);
    thread.once('exit', begun);
    this.#beginning += 1;
    if (this.#beginning === 1) this.#tellAll(BY_ITSELF);
  }

  #set(flags: readonly string[]): void {
    this.#wanted = flags;
    if (this.#beginning === 0) this.#tellAll(flags);
  }

  #tellAll(flags: readonly string[]): void {
    for (const flag of flags) this.#tell(flag);
  }
}

/** A program that runs from its sources is a test, and keeps what its process was given. */
const isSource = import.meta.url.endsWith('.ts');
/** Of this process. */
export const heapPace = new HeapPace(isSource ? () => undefined : setFlagsFromString);
// Node tells of each thread that this one begins.
subscribe('worker_threads', (told) => {
  if (told instanceof Object && 'worker' in told && told.worker instanceof Worker) heapPace.threadBegins(told.worker);
});
