import type Database from 'better-sqlite3';
import type { ExpectedRevision } from '../port.ts';
import type { AppendMessage, Exception, Settled } from './batch.ts';
import { concernsOneAppend, isDuplicate, messageOf } from './faults.ts';

interface Known {
  readonly id: Buffer;
  readonly position: bigint;
  readonly revision: bigint;
}

/** One append of a message, as a range of the message's events. */
interface Slice {
  readonly message: AppendMessage;
  readonly index: number;
  readonly start: number;
  readonly count: number;
  readonly firstRevision: bigint;
}

/**
 * Writes many appends in one transaction. A conflicting append is taken out alone; a fault of the file rolls all of
 * them back.
 */
export class GroupCommit {
  readonly #db: Database.Database;
  readonly #insert: Database.Statement;
  readonly #newest: Database.Statement<[], [bigint, string]>;
  readonly #hasRevision: Database.Statement<[string, bigint], bigint>;
  readonly #newestRevision: Database.Statement<[string], bigint | null>;
  readonly #standing: Database.Statement<[string, bigint, bigint], Known>;
  readonly #removeFrom: Database.Statement<[bigint]>;
  #found = 0n;
  #position = 0n;
  #recordedAt = '';
  #sealedOffset = 0;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#insert = db.prepare('INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?,?)');
    this.#newest = db.prepare<[], [bigint, string]>(
      'SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1',
    );
    this.#newest.raw().safeIntegers();
    this.#hasRevision = db
      .prepare<[string, bigint], bigint>('SELECT 1 FROM events WHERE stream = ? AND revision = ?')
      .pluck();
    this.#newestRevision = db.prepare<[string], bigint | null>('SELECT max(revision) FROM events WHERE stream = ?');
    this.#newestRevision.pluck().safeIntegers();
    this.#standing = db.prepare<[string, bigint, bigint], Known>(
      'SELECT id, position, revision FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision',
    );
    this.#standing.safeIntegers();
    this.#removeFrom = db.prepare<[bigint]>('DELETE FROM events WHERE position >= ?');
    [this.#found, this.#recordedAt] = this.#newest.get() ?? [0n, ''];
    this.#position = this.#found;
  }

  /** The newest position that the last commit found; before the first one, that of the file as it was opened. */
  get found(): bigint {
    return this.#found;
  }

  /** The newest position after the last commit. */
  get through(): bigint {
    return this.#position;
  }

  /** Returns when the events are on disk. Throws SQLite's error when nothing could be written. */
  commit(messages: readonly AppendMessage[]): Settled[] {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const [position, recordedAt] = this.#newest.get() ?? [0n, ''];
      const now = new Date().toISOString();
      this.#found = position;
      this.#position = position;
      this.#recordedAt = now > recordedAt ? now : recordedAt;
      const settled = messages.map((message) => this.#writeMessage(message));
      this.#db.exec('COMMIT');
      return settled;
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #writeMessage(message: AppendMessage): Settled {
    const first = this.#position + 1n;
    const exceptions: Exception[] = [];
    let start = 0;
    this.#sealedOffset = 0;
    for (const [index, count] of message.counts.entries()) {
      const exception = this.#write({
        message,
        index,
        start,
        count,
        firstRevision: following(message.expected[index]),
      });
      if (exception !== null) exceptions.push(exception);
      start += count;
    }
    return { first, exceptions };
  }

  #write(slice: Slice): Exception | null {
    const { message, index, start, count } = slice;
    const before = this.#position;
    const sealedEnd = sealedBytes(message, start, count) + this.#sealedOffset;
    try {
      if (!this.#follows(slice)) return this.#refusal(slice);
      for (let event = start; event < start + count; event += 1) {
        this.#insertEvent(message, event, message.streams[index], slice.firstRevision + BigInt(event - start));
      }
      return null;
    } catch (error) {
      if (!this.#db.inTransaction || !concernsOneAppend(error)) throw error;
      this.#removeFrom.run(before + 1n);
      this.#position = before;
      return this.#refusal(slice, error);
    } finally {
      this.#sealedOffset = sealedEnd;
    }
  }

  /** True when the expected newest event exists; the unique index makes sure that none stands after it. */
  #follows(slice: Slice): boolean {
    const stream = slice.message.streams[slice.index] ?? '';
    return slice.firstRevision === 0n || this.#hasRevision.get(stream, slice.firstRevision - 1n) !== undefined;
  }

  #insertEvent(message: AppendMessage, event: number, stream: string | undefined, revision: bigint): void {
    const position = this.#position + 1n;
    this.#insert.run(
      position,
      idBytes(message.ids[event] ?? ''),
      stream,
      revision,
      message.types[event],
      this.#recordedAt,
      message.occurredAt[event],
      message.actors[event],
      message.correlationIds[event],
      message.causationIds[event],
      message.data[event],
      this.#nextSealed(message, event),
    );
    this.#position = position;
  }

  #nextSealed(message: AppendMessage, event: number): Uint8Array | null {
    const length = message.sealedLengths[event] ?? -1;
    if (length < 0) return null;
    const start = this.#sealedOffset;
    this.#sealedOffset += length;
    return message.sealed.subarray(start, start + length);
  }

  /** Tells a repeat (the same ids stand at this place already) from a conflict. */
  #refusal(slice: Slice, error?: unknown): Exception {
    const { message, index, start, count, firstRevision } = slice;
    const stream = message.streams[index] ?? '';
    const standing = this.#standing.all(stream, firstRevision, firstRevision + BigInt(count - 1));
    const last = standing.at(-1);
    const same = standing.every((known, at) => idBytes(message.ids[start + at] ?? '').equals(known.id));
    if (last !== undefined && standing.length === count && same) {
      return { index, kind: 'repeated', position: last.position, revision: last.revision };
    }
    if (error !== undefined && !isDuplicate(error)) return { index, kind: 'refused', message: messageOf(error) };
    return { index, kind: 'conflict', actual: this.#newestRevision.get(stream) ?? 'no-stream' };
  }
}

function following(expected: ExpectedRevision | undefined): bigint {
  return expected === undefined || expected === 'no-stream' ? 0n : expected + 1n;
}

function sealedBytes(message: AppendMessage, start: number, count: number): number {
  let bytes = 0;
  for (let event = start; event < start + count; event += 1) bytes += Math.max(0, message.sealedLengths[event] ?? 0);
  return bytes;
}

function idBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}
