import type Database from 'better-sqlite3';
import type { Position } from '../../kernel/index.ts';
import { type LogImport, type RecordedEvent, StoreUnavailable } from '../port.ts';
import { type CopyProgress, copyDatabase, standAlone } from './database-copy.ts';
import { DurableFile } from './durable-file.ts';
import { RowWriter } from './packed/row-writer.ts';
import { EVENT_LOG, WAL_BYTES_KEPT, writerPragmas } from './schema.ts';

const BUSY_TIMEOUT_MS = 5_000;

export interface SqliteLogImportOptions {
  /** Made, with its directory, when it is not there. */
  readonly file: string;
  /** `kept`: each event keeps its position, which must be the next one; `new`: it gets the next position. */
  readonly positions: 'kept' | 'new';
}

/** Opens a log that nobody else writes to, to fill it with another log's events. Throws StoreUnavailable. */
export function openSqliteLogImport(options: SqliteLogImportOptions): LogImport {
  return new SqliteLogImport(options);
}

/** Copies a log's file while others write to it; see `copyDatabase`. */
export function copySqliteLog(from: string, to: string, onProgress: CopyProgress): Promise<void> {
  return copyDatabase(EVENT_LOG, from, to, onProgress);
}

/** Leaves a closed log as one file; see `standAlone`. */
export function sqliteLogStandsAlone(file: string): void {
  standAlone(EVENT_LOG, file);
}

class SqliteLogImport implements LogImport {
  readonly #file: string;
  readonly #keepsPositions: boolean;
  readonly #open: DurableFile;
  readonly #rows: RowWriter;
  readonly #head: Database.Statement<[], bigint>;

  constructor({ file, positions }: SqliteLogImportOptions) {
    this.#file = file;
    this.#keepsPositions = positions === 'kept';
    const options = { file, busyTimeoutMs: BUSY_TIMEOUT_MS, pragmas: writerPragmas(undefined) };
    this.#open = new DurableFile(EVENT_LOG, options);
    const { db } = this.#open;
    this.#rows = new RowWriter(db);
    this.#head = db.prepare<[], bigint>('SELECT coalesce(max(position), 0) FROM events').pluck().safeIntegers();
  }

  async add(events: readonly RecordedEvent[]): Promise<void> {
    try {
      this.#open.write(() => this.#open.db.transaction(() => this.#insertAll(events)).immediate());
    } catch (error) {
      this.#rows.takenBack();
      throw error;
    }
    if (this.#open.unmovedBytes() >= WAL_BYTES_KEPT) this.#open.checkpoint('PASSIVE');
  }

  async close(): Promise<void> {
    this.#open.close();
    if (this.#open.fault !== null) throw this.#open.fault;
  }

  #insertAll(events: readonly RecordedEvent[]): void {
    let position = this.#head.get() ?? 0n;
    for (const event of events) {
      position += 1n;
      if (this.#keepsPositions && event.position !== position) throw this.#misplaced(event, position);
      this.#rows.add({ ...event, position }, this.#rows.form.keyToStore(event.stream));
    }
  }

  #misplaced(event: RecordedEvent, due: Position): StoreUnavailable {
    const message = `${this.#file}: event ${event.id} stood at position ${event.position}, and here the next one is ${due}`;
    return new StoreUnavailable('unsupported', message);
  }
}
