import type { Worker } from 'node:worker_threads';
import { programBeside } from '../../kernel/index.ts';
import { threadFor } from '../../sqlite/index.ts';
import {
  type Appended,
  type ExpectedRevision,
  type NewEvent,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../port.ts';
import { type AppendMessage, Batch, type Exception, type FromWriter, type Settled, type ToWriter } from './batch.ts';
import type { Fault } from './faults.ts';
import type { WriterData } from './writer.worker.ts';

const PROGRAM = programBeside(import.meta.url, 'writer.worker');

interface Waiting {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** Called with each append as it begins, and when its outcome is known. */
export interface AppendListener {
  begins(stream: string): void;
  ends(stream: string): void;
}

/** The failed checkpoints, and the reason of the last one; null when it succeeded. */
export interface FailedCheckpoints {
  readonly count: number;
  readonly now: Fault | null;
}

export interface WriterParts {
  /** Told once, when the disk has failed: nothing is written any more. */
  readonly onFault?: (fault: StoreUnavailable) => void;
  readonly program?: URL;
}

interface Sent {
  readonly message: AppendMessage;
  readonly waiting: readonly Waiting[];
}

/**
 * The caller's end of the writer's thread: the appends of one tick leave in one message, and one message answers them.
 * The thread keeps the process alive only while an append waits for its answer.
 */
export class Writer {
  readonly #worker: Worker;
  readonly #file: string;
  readonly #onFault: (fault: StoreUnavailable) => void;
  readonly #sent: Sent[] = [];
  readonly #ended: Promise<void>;
  #listener: AppendListener = { begins: () => undefined, ends: () => undefined };
  #batch = new Batch();
  #waiting: Waiting[] = [];
  #failure: StoreUnavailable | null = null;
  #closing = false;
  #commits = 0;
  #checkpoints: FailedCheckpoints = { count: 0, now: null };

  private constructor(worker: Worker, file: string, onFault: (fault: StoreUnavailable) => void) {
    this.#worker = worker;
    this.#file = file;
    this.#onFault = onFault;
    worker.on('message', (message: FromWriter) => this.#hear(message));
    worker.on('error', (error) => this.#die(error));
    worker.unref();
    this.#ended = new Promise((resolve) => {
      worker.once('exit', (code) => {
        if (!this.#closing || this.#sent.length > 0) this.#die(new Error(`exit ${code}`));
        resolve();
      });
    });
  }

  /** Resolves when the file is open and can be written; throws StoreUnavailable. */
  static async start(
    data: WriterData,
    { onFault = () => undefined, program = PROGRAM }: WriterParts = {},
  ): Promise<Writer> {
    const worker = threadFor(program, data, { execArgv: [], name: 'log-writer' });
    return new Promise((resolve, reject) => {
      const fail = (cause: unknown): void =>
        reject(new StoreUnavailable('io', `${data.file}: the thread that writes the log did not start`, { cause }));
      worker.once('error', fail);
      worker.once('exit', fail);
      worker.once('message', (message: FromWriter) => {
        if (message.kind === 'unusable') reject(new StoreUnavailable(message.fault.reason, message.fault.message));
        else resolve(new Writer(worker, data.file, onFault));
      });
    });
  }

  get commits(): number {
    return this.#commits;
  }

  /** Why nothing can be written any more, or null. */
  get failure(): StoreUnavailable | null {
    return this.#failure;
  }

  get checkpoints(): FailedCheckpoints {
    return this.#checkpoints;
  }

  tell(listener: AppendListener): void {
    this.#listener = listener;
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#closing) return Promise.reject(new StoreUnavailable('closed', `${this.#file}: the log is closed`));
    return new Promise((resolve, reject) => {
      this.#batch.add(stream, events, expected);
      this.#listener.begins(stream);
      this.#waiting.push({ resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#send());
    });
  }

  /**
   * Finishes accepted appends, then closes the file and the thread; both stay until the process ends when the disk has
   * failed.
   */
  async close(): Promise<void> {
    if (this.#failure?.reason === 'disk-failed') return;
    if (!this.#closing) {
      this.#closing = true;
      this.#send();
      this.#worker.ref();
      this.#worker.postMessage({ kind: 'close' } satisfies ToWriter);
    }
    await this.#ended;
  }

  #send(): void {
    if (this.#waiting.length === 0 || this.#failure !== null) return;
    const message = this.#batch.finish();
    this.#sent.push({ message, waiting: this.#waiting });
    this.#batch = new Batch();
    this.#waiting = [];
    this.#worker.ref();
    this.#worker.postMessage(message satisfies ToWriter);
  }

  #hear(message: FromWriter): void {
    this.#answer(message);
    if (this.#sent.length === 0 && !this.#closing) this.#worker.unref();
  }

  #answer(message: FromWriter): void {
    switch (message.kind) {
      case 'ready':
        return;
      case 'committed':
        this.#commits += 1;
        for (const settled of message.settled) settle(this.#take(), settled);
        return;
      case 'failed':
        for (let count = 0; count < message.messages; count += 1) {
          for (const { reject } of this.#take()?.waiting ?? [])
            reject(new StoreUnavailable(message.fault.reason, message.fault.message));
        }
        return;
      case 'unusable':
        this.#die(new Error(message.fault.message));
        return;
      case 'faulted':
        this.#fault(new StoreUnavailable(message.fault.reason, message.fault.message));
        return;
      case 'checkpointed':
        this.#checkpoints = { count: this.#checkpoints.count + (message.fault ? 1 : 0), now: message.fault };
        return;
      default:
        message satisfies never;
    }
  }

  /** The oldest message under way, whose outcome is now known. */
  #take(): Sent | undefined {
    const sent = this.#sent.shift();
    for (const stream of sent?.message.streams ?? []) this.#listener.ends(stream);
    return sent;
  }

  /** The thread refuses all sent messages, and answers each of them. */
  #fault(failure: StoreUnavailable): void {
    this.#failure ??= failure;
    for (const { reject } of this.#waiting.splice(0)) reject(failure);
    this.#onFault(failure);
  }

  /** Appends under way stay so for the listener, since nobody knows whether they were recorded. */
  #die(cause: Error): void {
    if (this.#failure !== null) return;
    const text = `${this.#file}: the thread that writes the log has ended (${cause.message}); start the forum again. `;
    const failure = new StoreUnavailable(
      'io',
      `${text}An append under way may have been recorded; repeating it is harmless.`,
      { cause },
    );
    this.#failure = failure;
    for (const { waiting } of this.#sent.splice(0)) for (const { reject } of waiting) reject(failure);
    for (const { reject } of this.#waiting.splice(0)) reject(failure);
  }
}

/** Answers each append of a message: positions follow from the first one, since nobody else writes between. */
function settle(sent: Sent | undefined, settled: Settled): void {
  if (sent === undefined) return;
  const { message, waiting } = sent;
  const exceptions = new Map(settled.exceptions.map((exception) => [exception.index, exception]));
  let position = settled.first - 1n;
  for (const [index, one] of waiting.entries()) {
    const exception = exceptions.get(index);
    const expected = message.expected[index] ?? 'no-stream';
    if (exception !== undefined) {
      answerException(one, exception, message.streams[index] ?? '', expected);
      continue;
    }
    const count = BigInt(message.counts[index] ?? 0);
    position += count;
    one.resolve({ position, revision: expected === 'no-stream' ? count - 1n : expected + count, repeated: false });
  }
}

function answerException(one: Waiting, exception: Exception, stream: string, expected: ExpectedRevision): void {
  switch (exception.kind) {
    case 'repeated':
      one.resolve({ position: exception.position, revision: exception.revision, repeated: true });
      return;
    case 'conflict':
      one.reject(new WrongExpectedRevision(stream, expected, exception.actual));
      return;
    case 'refused':
      one.reject(new RangeError(`stream ${stream}: ${exception.message}`));
      return;
    default:
      exception satisfies never;
  }
}
