import type Database from 'better-sqlite3';
import { type Json, trusted } from '../../kernel/index.ts';
import type { ExpectedRevision, RecordedEvent } from '../port.ts';
import type { AppendMessage, Exception, Settled } from './batch.ts';
import { concernsOneAppend, isDuplicate, messageOf } from './faults.ts';
import type { EventRow } from './packed/row-form.ts';
import { RowWriter } from './packed/row-writer.ts';
import type { StreamKey } from './packed/stream-key.ts';
import { uuidPacked } from './packed/uuid-text.ts';

interface Known {
  readonly id: Uint8Array;
  readonly position: bigint;
  readonly revision: bigint;
}

/** One append of a message, as a range of the message's events. */
interface Slice {
  readonly message: AppendMessage;
  readonly index: number;
  readonly start: number;
  readonly count: number;
  readonly key: StreamKey;
  readonly firstRevision: bigint;
}

/**
 * Writes many appends in one transaction. A conflicting append is taken out alone; a fault of the file rolls all of
 * them back.
 */
export class GroupCommit {
  readonly #db: Database.Database;
  readonly #rows: RowWriter;
  readonly #newest: Database.Statement<[], bigint>;
  readonly #newestRow: Database.Statement<[], EventRow>;
  readonly #hasRevision: Database.Statement<[StreamKey, bigint], bigint>;
  readonly #newestRevision: Database.Statement<[StreamKey], bigint | null>;
  readonly #standing: Database.Statement<[StreamKey, bigint, bigint], Known>;
  readonly #removeFrom: Database.Statement<[bigint]>;
  #found = 0n;
  #position = 0n;
  #recordedAt = '';
  #sealedOffset = 0;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#rows = new RowWriter(db);
    this.#newest = db.prepare<[], bigint>('SELECT coalesce(max(position), 0) FROM events').pluck().safeIntegers();
    const { columns } = this.#rows.form;
    this.#newestRow = db.prepare<[], EventRow>(`SELECT ${columns} FROM events ORDER BY position DESC LIMIT 1`);
    this.#newestRow.raw().safeIntegers();
    this.#hasRevision = db
      .prepare<[StreamKey, bigint], bigint>('SELECT 1 FROM events WHERE stream = ? AND revision = ?')
      .pluck();
    this.#newestRevision = db.prepare<[StreamKey], bigint | null>('SELECT max(revision) FROM events WHERE stream = ?');
    this.#newestRevision.pluck().safeIntegers();
    this.#standing = db.prepare<[StreamKey, bigint, bigint], Known>(
      'SELECT id, position, revision FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision',
    );
    this.#standing.safeIntegers();
    this.#removeFrom = db.prepare<[bigint]>('DELETE FROM events WHERE position >= ?');
    this.#find();
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
      this.#find();
      const now = new Date().toISOString();
      if (now > this.#recordedAt) this.#recordedAt = now;
      const settled = messages.map((message) => this.#writeMessage(message));
      this.#db.exec('COMMIT');
      return settled;
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      this.#rows.takenBack();
      this.#position = this.#found;
      throw error;
    }
  }

  /** The newest row is read only when another process wrote it. */
  #find(): void {
    this.#found = this.#newest.get() ?? 0n;
    if (this.#found === this.#position) return;
    const row = this.#newestRow.get();
    this.#position = this.#found;
    this.#recordedAt = row === undefined ? '' : this.#rows.form.event(row).recordedAt;
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
        key: this.#rows.form.keyToStore(message.streams[index] ?? ''),
        firstRevision: following(message.expected[index]),
      });
      if (exception !== null) exceptions.push(exception);
      start += count;
    }
    return { first, exceptions };
  }

  #write(slice: Slice): Exception | null {
    const { message, start, count } = slice;
    const before = this.#position;
    const sealedEnd = sealedBytes(message, start, count) + this.#sealedOffset;
    try {
      if (!this.#follows(slice)) return this.#refusal(slice);
      for (let event = start; event < start + count; event += 1) {
        this.#insertEvent(slice, event);
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
    return slice.firstRevision === 0n || this.#hasRevision.get(slice.key, slice.firstRevision - 1n) !== undefined;
  }

  #insertEvent({ message, index, start, key, firstRevision }: Slice, at: number): void {
    const position = this.#position + 1n;
    const event: RecordedEvent = {
      position,
      id: message.ids[at] ?? '',
      stream: message.streams[index] ?? '',
      revision: firstRevision + BigInt(at - start),
      type: message.types[at] ?? '',
      recordedAt: this.#recordedAt,
      occurredAt: message.occurredAt[at] ?? '',
      actor: message.actors[at] ?? '',
      correlationId: message.correlationIds[at] ?? '',
      causationId: message.causationIds[at] ?? null,
      data: trusted<Json>(JSON.parse(message.data[at] ?? '')),
      sealed: this.#nextSealed(message, at),
    };
    this.#rows.add(event, key);
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
    const { message, index, start, count, key, firstRevision } = slice;
    const standing = this.#standing.all(key, firstRevision, firstRevision + BigInt(count - 1));
    const last = standing.at(-1);
    const same = standing.every((known, at) => uuidPacked(message.ids[start + at] ?? '').equals(known.id));
    if (last !== undefined && standing.length === count && same) {
      return { index, kind: 'repeated', position: last.position, revision: last.revision };
    }
    if (error !== undefined && !isDuplicate(error)) return { index, kind: 'refused', message: messageOf(error) };
    return { index, kind: 'conflict', actual: this.#newestRevision.get(key) ?? 'no-stream' };
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
