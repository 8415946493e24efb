import type Database from 'better-sqlite3';
import { StoreUnavailable } from '../port.ts';
import { type FileKind, leaveOpen, openForWriting, type WritingOptions } from './database-file.ts';
import { type Fault, isStorageError, toUnavailable } from './faults.ts';
import { forgetMoved } from './write-ahead-log.ts';

/** Bytes of a frame of the write-ahead log: a page of 4 KiB and its head. */
const FRAME_BYTES = 4_120;

export interface DurableOptions extends WritingOptions {
  /** Told once, when the disk has failed. */
  readonly onFault?: (fault: StoreUnavailable) => void;
}

/**
 * A SQLite file, open for writing, that may lose nothing acknowledged. The first failed write or sync is the last: from
 * then on nothing is written and no page is moved out of the write-ahead log, since a second attempt skips what the
 * first one lost. The next process reads all of the write-ahead log again.
 */
export class DurableFile {
  /** For statements; writes go through `write`. */
  readonly db: Database.Database;
  readonly file: string;
  readonly #holder: Database.Database;
  readonly #onFault: (fault: StoreUnavailable) => void;
  #fault: StoreUnavailable | null = null;

  /** Throws StoreUnavailable like `openForWriting`. */
  constructor(kind: FileKind, options: DurableOptions) {
    const { db, holder } = openForWriting(kind, options);
    this.db = db;
    this.#holder = holder;
    this.file = options.file;
    this.#onFault = options.onFault ?? (() => undefined);
  }

  /** The reason why nothing is written any more, or null. */
  get fault(): StoreUnavailable | null {
    return this.#fault;
  }

  /** Does work that writes at most `bytes`, where that is known. Throws StoreUnavailable, and the work's own error. */
  write<Result>(work: () => Result, bytes = 0): Result {
    if (this.#fault !== null) throw this.#fault;
    try {
      return work();
    } catch (error) {
      if (!isStorageError(error)) throw error;
      const told = toUnavailable(error, this.file, bytes);
      if (told.reason === 'disk-failed') this.failed(told);
      throw told;
    }
  }

  /** Moves the write-ahead log into the file; false when a reader held a part of it back. Throws StoreUnavailable. */
  checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): boolean {
    return this.write(() => this.db.pragma(`wal_checkpoint(${mode})`, { simple: true })) === 0;
  }

  /** Bytes of the write-ahead log that are not in the file yet. Throws StoreUnavailable. */
  unmovedBytes(): number {
    const [frames] = this.write(() => this.db.prepare<[], [number, number, number]>(NOTHING).raw().all());
    return frames === undefined ? 0 : Math.max(0, frames[1] - frames[2]) * FRAME_BYTES;
  }

  /** Another thread of this process met the fault. */
  failed({ reason, message }: Fault): void {
    if (this.#fault !== null) return;
    this.#fault = new StoreUnavailable(reason, message);
    leaveOpen(this.#holder, this.db);
    forgetMoved(this.file);
    this.#onFault(this.#fault);
  }

  /**
   * Moves as much as possible without waiting, and closes the file; after a fault the file stays open to the end of the
   * process, which moves nothing.
   */
  close(): void {
    if (this.#fault !== null || !this.db.open) return;
    try {
      this.checkpoint('PASSIVE');
    } catch {
      // Pages that a full disk refuses stay in the write-ahead log.
    }
    if (this.#fault !== null) return;
    this.#holder.close();
    this.db.close();
  }
}

const NOTHING = 'PRAGMA wal_checkpoint(NOOP)';
