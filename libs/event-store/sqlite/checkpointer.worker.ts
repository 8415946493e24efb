import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { describeFault, type Fault } from './faults.ts';

export interface CheckpointerData {
  readonly file: string;
}

export type ToCheckpointer = 'checkpoint' | 'close';

/** The outcome of a checkpoint: null for success. */
export type FromCheckpointer = Fault | null;

/**
 * Moves pages of the write-ahead log into the log's file while the writer goes on: a passive checkpoint waits for
 * nobody. Pages without room stay in the write-ahead log, where they are as safe. The writer moves pages added
 * meanwhile, and syncs the file, without which the write-ahead log does not begin anew.
 */
function serve(port: MessagePort, { file }: CheckpointerData): void {
  const db = new Database(file, { fileMustExist: true });
  db.pragma('synchronous = FULL');
  port.on('message', (message: ToCheckpointer) => {
    switch (message) {
      case 'checkpoint':
        port.postMessage(moved(db, file) satisfies FromCheckpointer);
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

function moved(db: Database.Database, file: string): FromCheckpointer {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
    return null;
  } catch (error) {
    return describeFault(error, file);
  }
}

if (parentPort !== null) serve(parentPort, workerData);
