import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

export interface CheckpointerData {
  readonly file: string;
}

export type ToCheckpointer = 'checkpoint' | 'close';

/**
 * Moves pages of the write-ahead log into the log's file, syncs included, while the writer goes on: a passive checkpoint
 * waits for nobody. What it cannot do (a full disk) is left in the write-ahead log, where it is as safe.
 */
function serve(port: MessagePort, { file }: CheckpointerData): void {
  const db = new Database(file, { fileMustExist: true });
  db.pragma('synchronous = FULL');
  port.on('message', (message: ToCheckpointer) => {
    switch (message) {
      case 'checkpoint':
        port.postMessage(movedAll(db));
        return;
      case 'close':
        db.close();
        port.close();
        return;
      default:
        message satisfies never;
    }
  });
}

function movedAll(db: Database.Database): boolean {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
    return true;
  } catch {
    return false;
  }
}

if (parentPort !== null) serve(parentPort, workerData);
