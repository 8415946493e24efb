import type { Connection } from './connection.ts';
import { inOwnWords } from './faults.ts';
import type { RawEvent } from './raw-event.ts';
import type { AllRead } from './reads.ts';

/** Reads of the whole database: the log and everything else. */
export class AllReads {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Tries again while the database is away. Throws UnknownPosition, StoreUnavailable. */
  read(read: AllRead): Promise<readonly RawEvent[]> {
    return this.#connection.persist(() => this.once(read));
  }

  /** Throws UnknownPosition, ReadRefused, NotAnswered. */
  async once(read: AllRead): Promise<readonly RawEvent[]> {
    try {
      return await this.#connection.read((reads) => reads.all(read), { isSearch: read.filter !== undefined });
    } catch (error) {
      throw typeof read.from === 'bigint' ? inOwnWords(error, read.from) : error;
    }
  }
}
