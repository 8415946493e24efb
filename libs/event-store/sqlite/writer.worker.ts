import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import type { AppendMessage, FromWriter, ToWriter } from './batch.ts';
import { Checkpointer } from './checkpointer.ts';
import { CommitSignal } from './commit-signal.ts';
import { openForWriting } from './database-file.ts';
import { describeFault } from './faults.ts';
import { GroupCommit } from './group-commit.ts';
import { EVENT_LOG, writerPragmas } from './schema.ts';

/** Events after which a group is closed although more messages wait, so that no transaction grows without end. */
const GROUP_EVENTS = 8_192;

export interface WriterData {
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly maxPages: number | undefined;
  readonly signal: SharedArrayBuffer;
}

/** The only writer of the log in its process: takes all messages that wait, commits once, answers once. */
function serve(port: MessagePort, data: WriterData): void {
  const signal = new CommitSignal(data.signal);
  const say = (message: FromWriter): void => port.postMessage(message);
  let db: Database.Database;
  try {
    db = openForWriting(EVENT_LOG, { ...data, pragmas: writerPragmas(data.maxPages) });
  } catch (error) {
    say({ kind: 'unusable', fault: describeFault(error, data.file) });
    port.close();
    return;
  }
  const group = new GroupCommit(db);
  const checkpointer = new Checkpointer(db, { file: data.file });
  signal.committed(group);
  /** The writer closes last, which moves all that is left into the file. */
  const end = async (): Promise<void> => {
    await checkpointer.close();
    db.close();
    port.close();
  };
  port.on('message', (first: ToWriter) => {
    const { appends, close } = waiting(port, first);
    if (appends.length > 0) {
      try {
        const settled = group.commit(appends);
        signal.committed(group);
        say({ kind: 'committed', settled });
        signal.wakeReaders();
        checkpointer.committed(Number(group.through - group.found));
      } catch (error) {
        const fault = describeFault(error, data.file);
        say({ kind: 'failed', messages: appends.length, fault });
        if (fault.reason === 'disk-full') makeRoom(db);
      }
    }
    if (close) void end();
  });
  say({ kind: 'ready' });
}

/** Gives back what the write-ahead log takes on a full disk, as far as the file itself can take its pages. */
function makeRoom(db: Database.Database): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    return;
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

if (parentPort !== null) serve(parentPort, workerData);
