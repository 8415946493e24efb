import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { taskOfThread } from '../../sqlite/index.ts';
import type { AppendMessage, FromWriter, ToWriter } from './batch.ts';
import { Checkpointer } from './checkpointer.ts';
import { CommitSignal } from './commit-signal.ts';
import { DurableFile } from './durable-file.ts';
import { describeFault } from './faults.ts';
import { GroupCommit } from './group-commit.ts';
import { EVENT_LOG, writerPragmas } from './schema.ts';

/** The number of events after which a group is closed although more messages wait, which bounds a transaction. */
const GROUP_EVENTS = 8_192;

export interface WriterData {
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly maxPages: number | undefined;
  readonly signal: SharedArrayBuffer;
  readonly checkpointEvents?: number | undefined;
  readonly mostWaiting?: number | undefined;
}

/** The only writer of the log in its process: takes all waiting messages, commits once, answers once. */
function serve(port: MessagePort, data: WriterData): void {
  const say = (message: FromWriter): void => port.postMessage(message);
  try {
    new Serving(port, data, say).begin();
  } catch (error) {
    say({ kind: 'unusable', fault: describeFault(error, data.file) });
    port.close();
  }
}

class Serving {
  readonly #port: MessagePort;
  readonly #say: (message: FromWriter) => void;
  readonly #signal: CommitSignal;
  readonly #open: DurableFile;
  readonly #group: GroupCommit;
  readonly #checkpointer: Checkpointer;

  constructor(port: MessagePort, data: WriterData, say: (message: FromWriter) => void) {
    this.#port = port;
    this.#say = say;
    this.#signal = new CommitSignal(data.signal);
    this.#open = new DurableFile(EVENT_LOG, {
      ...data,
      pragmas: writerPragmas(data.maxPages),
      onFault: ({ reason, message }) => say({ kind: 'faulted', fault: { reason, message } }),
    });
    this.#group = new GroupCommit(this.#open.db);
    this.#checkpointer = new Checkpointer(this.#open, {
      file: data.file,
      events: data.checkpointEvents,
      mostWaiting: data.mostWaiting,
      onOutcome: (fault) => say({ kind: 'checkpointed', fault }),
    });
  }

  begin(): void {
    this.#signal.committed(this.#group);
    this.#port.on('message', (first: ToWriter) => {
      const { appends, close } = waiting(this.#port, first);
      if (appends.length > 0) this.#append(appends);
      if (close) void this.#end();
    });
    this.#say({ kind: 'ready' });
  }

  #append(appends: readonly AppendMessage[]): void {
    const refusal = this.#checkpointer.refusal();
    if (refusal !== null) return this.#say({ kind: 'failed', messages: appends.length, fault: refusal });
    const group = this.#group;
    try {
      const settled = this.#open.write(() => group.commit(appends));
      this.#signal.committed(group);
      this.#say({ kind: 'committed', settled });
      this.#signal.wakeReaders();
      this.#checkpointer.committed(Number(group.through - group.found));
    } catch (error) {
      const fault = describeFault(error, this.#open.file);
      this.#say({ kind: 'failed', messages: appends.length, fault });
      if (fault.reason === 'disk-full') this.#checkpointer.makeRoom();
    }
  }

  /** The writer closes last, which moves the rest into the file. */
  async #end(): Promise<void> {
    await this.#checkpointer.close();
    this.#open.close();
    this.#port.close();
  }
}

function waiting(port: MessagePort, first: ToWriter): { appends: AppendMessage[]; close: boolean } {
  const appends: AppendMessage[] = [];
  let events = 0;
  for (let message: ToWriter | undefined = first; message !== undefined; message = next(port)) {
    if (message.kind === 'close') return { appends, close: true };
    appends.push(message);
    events += message.ids.length;
    if (events >= GROUP_EVENTS) break;
  }
  return { appends, close: false };
}

function next(port: MessagePort): ToWriter | undefined {
  return receiveMessageOnPort(port)?.message;
}

const port = parentPort;
if (port !== null) void taskOfThread<WriterData>().then((data) => serve(port, data));
