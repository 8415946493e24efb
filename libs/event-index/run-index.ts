import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type EventStore, UnknownPosition } from '../event-store/index.ts';
import { codeOf, type Position } from '../kernel/index.ts';
import { findEvents } from './find.ts';
import { dropIndexFile, IndexFile } from './index-file.ts';
import type { FromIndex, ToIndex } from './port.ts';

/** Milliseconds between two messages of progress. */
const TELL_EVERY = 200;
/** The longest wait in milliseconds until the index reaches the position that a question needs. */
const PATIENCE_MS = 2_000;
/** Milliseconds until a log that was away is read again. */
const AGAIN_MS = 1_000;
const BATCH = 1_000;

export type IndexedLog = Pick<EventStore, 'subscribe' | 'readAll' | 'head' | 'close'>;
type Question = Exclude<ToIndex, { kind: 'close' }>;

/** The task of the index's thread; `log` goes to the function that opens the log there. */
export interface IndexTask {
  readonly file: string;
  readonly log: unknown;
}

/** Called by the entry file of the index's thread: reads the log to its end, goes on reading, and answers. */
export async function runEventIndex(openLog: (source: unknown) => Promise<IndexedLog>): Promise<void> {
  const task: IndexTask = workerData;
  const log = await openLog(task.log);
  const following = new Following(log, await openFile(task.file, log));
  const end = new AbortController();
  parentPort?.on('message', (message: ToIndex) => {
    if (message.kind === 'close') end.abort();
    else following.take(message);
  });
  try {
    await following.run(end.signal);
  } finally {
    following.close();
    await log.close();
    parentPort?.close();
  }
}

/** A file that cannot be read, or that belongs to another log, is replaced by a new one. */
async function openFile(path: string, log: IndexedLog): Promise<IndexFile> {
  try {
    const file = new IndexFile(path);
    if (await follows(file, log)) return file;
    file.close();
  } catch (error) {
    if (!isSqliteFault(error)) throw error;
  }
  dropIndexFile(path);
  return new IndexFile(path);
}

async function follows(file: IndexFile, log: IndexedLog): Promise<boolean> {
  const { position, last } = file.reached();
  if (position > (await log.head())) return false;
  if (last === null) return position === 0n;
  try {
    for await (const event of log.readAll({ from: last.position, limit: 1 })) return event.id === last.id;
    return false;
  } catch (error) {
    if (error instanceof UnknownPosition) return false;
    throw error;
  }
}

function isSqliteFault(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_');
}

class Following {
  readonly #log: IndexedLog;
  readonly #file: IndexFile;
  readonly #waiting = new Map<Question, NodeJS.Timeout>();
  #position: Position;
  #head: Position = 0n;
  #ready = false;
  #told = 0;

  constructor(log: IndexedLog, file: IndexFile) {
    this.#log = log;
    this.#file = file;
    this.#position = file.reached().position;
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#head = await this.#log.head();
    this.#tell();
    while (!signal.aborted) {
      await this.#follow(signal).catch((error: unknown) => {
        if (isSqliteFault(error)) throw error;
      });
      if (!signal.aborted) await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Answers at once, or when the position that the question needs has been read. */
  take(question: Question): void {
    if (this.#knows(question)) return this.#answer(question);
    const late = setTimeout(() => {
      this.#waiting.delete(question);
      send({ kind: 'failed', ask: question.ask, reason: 'behind' });
    }, PATIENCE_MS);
    this.#waiting.set(question, late);
  }

  close(): void {
    for (const late of this.#waiting.values()) clearTimeout(late);
    this.#file.close();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    for await (const batch of this.#log.subscribe({ after: this.#position, batchSize: BATCH, signal })) {
      const { events, position, caughtUp } = batch;
      if (events.length > 0 || position > this.#position) this.#file.add(events, position);
      this.#position = position;
      if (caughtUp && !this.#ready) {
        this.#file.makeIndexes();
        this.#ready = true;
        this.#tell();
      } else if (performance.now() - this.#told > TELL_EVERY) this.#tell();
      this.#answerWaiting();
    }
  }

  #knows({ head }: Question): boolean {
    return this.#ready && head <= this.#position;
  }

  #answerWaiting(): void {
    for (const [question, late] of this.#waiting) {
      if (!this.#knows(question)) continue;
      clearTimeout(late);
      this.#waiting.delete(question);
      this.#answer(question);
    }
  }

  #answer(question: Question): void {
    const { ask } = question;
    try {
      if (question.kind === 'days') return send({ kind: 'counted', ask, days: this.#file.days() });
      send({ kind: 'found', ask, positions: findEvents(this.#file, question.query, question.span) });
    } catch (error) {
      send({ kind: 'failed', ask, reason: String(error) });
    }
  }

  #tell(): void {
    this.#told = performance.now();
    const head = this.#head > this.#position ? this.#head : this.#position;
    send({ kind: 'state', position: this.#position, head, ready: this.#ready });
  }
}

function send(message: FromIndex): void {
  parentPort?.postMessage(message);
}
