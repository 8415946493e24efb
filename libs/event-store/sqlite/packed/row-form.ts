import type Database from 'better-sqlite3';
import type { Json } from '../../../kernel/index.ts';
import type { RecordedEvent } from '../../port.ts';
import { SEALED_AS, unpackBody } from './event-body.ts';
import { type LogLayout, layoutOf } from './layout.ts';
import { LogNames } from './log-names.ts';
import { isPackedStream, packedStream, type StreamKey, streamParts, unpackStream } from './stream-key.ts';
import { PACKED_UUID, uuidTextAt } from './uuid-text.ts';

/**
 * Where a sealed part names its event, in version 2 of seals. The row has that id anyway, so it is cut out there; bytes
 * that have something else there are kept whole.
 */
export const ID_IN_SEALED = 17;

const HEAD =
  'position, revision, type, octet_length(id), octet_length(stream), octet_length(body), octet_length(sealed)';
const PACKED = "id || stream || coalesce(body, '')";
/** The whole sealed part, made by SQLite. */
const SEALED = `CASE WHEN octet_length(id) = ${PACKED_UUID} AND substr(body, 1, 1) = x'${hexByte(SEALED_AS.withoutId)}'
  THEN CAST(substr(sealed, 1, ${ID_IN_SEALED}) || id || substr(sealed, ${ID_IN_SEALED + 1}) AS BLOB) ELSE sealed END`;
const OLD = 'recorded_at, occurred_at, actor, correlation_id, causation_id, data';
const NO_BODY = /\bbody\b/g;

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** Integers as bigints; bytes are counted. `packed` and `sealed` are null in a row of many; the last six are of old rows. */
export type EventRow = [
  position: bigint,
  revision: bigint,
  type: bigint | string,
  idBytes: bigint,
  streamBytes: bigint,
  bodyBytes: bigint | null,
  sealedBytes: bigint | null,
  packed: Buffer | null,
  sealed: Buffer | null,
  recordedAt?: string | null,
  occurredAt?: string | null,
  actor?: string | null,
  correlationId?: string | null,
  causationId?: string | null,
  data?: string | null,
];

/** Where a row's id, stream and body stand, one after the other. */
export interface RowPlace {
  readonly run: Buffer;
  readonly start: number;
}

/** The columns of one connection's log, and what they mean. */
export class RowForm {
  readonly layout: LogLayout;
  /** Null in a log without new rows. */
  readonly names: LogNames | null;
  /** For one row by itself. */
  readonly columns: string;
  /** The whole sealed part alone. */
  readonly sealed: string;
  /** For many rows, whose `packed` comes as one run of bytes. */
  readonly heads: string;
  /** The two runs of such rows, of all that is packed and of all that is sealed, made of `runColumns` in order. */
  readonly runs: string;
  readonly runColumns: string;
  readonly #hasOld: Database.Statement<[string], number> | null;

  /** `adds`: the connection is the writer's. Throws SQLite's error. */
  constructor(db: Database.Database, adds = false) {
    this.layout = layoutOf(db);
    this.names = this.layout === 'old' ? null : new LogNames(db, adds);
    const old = this.layout === 'new' ? '' : `, ${OLD}`;
    const sql = (text: string): string => (this.layout === 'old' ? text.replace(NO_BODY, 'NULL') : text);
    this.columns = sql(`${HEAD}, CAST(${PACKED} AS BLOB), sealed${old}`);
    this.sealed = sql(SEALED);
    this.heads = sql(`${HEAD}, NULL, NULL${old}`);
    this.runs = sql(`CAST(group_concat(${PACKED}, '') AS BLOB), CAST(group_concat(sealed, '') AS BLOB)`);
    this.runColumns = sql('id, stream, body, sealed');
    const hasOld = 'SELECT 1 FROM events WHERE stream = ? LIMIT 1';
    this.#hasOld = this.layout === 'both' ? db.prepare<[string], number>(hasOld).pluck() : null;
  }

  /** How the stream's rows name it, whether there are any or not. Throws SQLite's error. */
  keyOf(stream: string): StreamKey {
    return this.#key(stream, (form) => this.names?.codeOf('stream', form));
  }

  /** The same, for a row that is to be stored in the transaction under way. */
  keyToStore(stream: string): StreamKey {
    return this.#key(stream, (form) => this.names?.learn('stream', form));
  }

  /** A stream stays as it began, so all of its rows are found under one key. */
  #key(stream: string, codeOf: (form: string) => number | undefined): StreamKey {
    const parts = streamParts(stream);
    if (parts === null || this.#hasOld?.get(stream) !== undefined) return stream;
    const code = codeOf(parts.form);
    return code === undefined ? stream : packedStream(code, parts.ids);
  }

  /** The event of a row of `columns`. Throws RangeError and SyntaxError for a row that was never written so. */
  event(row: EventRow): RecordedEvent {
    const place = { run: row[7] ?? NOTHING, start: 0 };
    const sealed = row[8] ?? null;
    if (sealed === null || !isCut(row, place)) return this.eventIn(row, place, sealed);
    const whole = Buffer.allocUnsafe(sealed.length + PACKED_UUID);
    putId(whole, 0, { sealed, start: 0, end: sealed.length }, place);
    return this.eventIn(row, place, whole);
  }

  /** The event of a row of `heads`, with its whole sealed part. Throws like `event`. */
  eventIn(row: EventRow, { run, start }: RowPlace, sealed: Buffer | null): RecordedEvent {
    const streamAt = start + Number(row[3]);
    const bodyAt = streamAt + Number(row[4]);
    const id = row[3] === 16n ? uuidTextAt(run, start) : NO_ID;
    const { stream, ids } = this.#streamOf(row, run, streamAt);
    ids.push(id);
    const body =
      row[5] === null
        ? oldBody(row)
        : unpackBody(run, { start: bodyAt, end: bodyAt + Number(row[5]), known: ids, names: this.#named() });
    return {
      id,
      stream,
      revision: row[1],
      position: row[0],
      type: this.#typeOf(row),
      recordedAt: body.recordedAt,
      occurredAt: body.occurredAt,
      actor: body.actor,
      correlationId: body.correlationId,
      causationId: body.causationId,
      data: body.data,
      sealed,
    };
  }

  #streamOf(row: EventRow, run: Buffer, start: number): { readonly stream: string; readonly ids: string[] } {
    const length = Number(row[4]);
    if (isPackedStream(run[start])) return unpackStream(run, { start, length }, this.#named());
    const stream = run.toString('utf8', start, start + length);
    return { stream, ids: row[5] === null ? [] : [...(streamParts(stream)?.ids ?? [])] };
  }

  #typeOf(row: EventRow): string {
    return typeof row[2] === 'string' ? row[2] : this.#named().textOf('type', Number(row[2]));
  }

  #named(): LogNames {
    if (this.names === null) throw new RangeError('the log was given new rows while it was read; read it again');
    return this.names;
  }
}

const NOTHING = Buffer.alloc(0);
/** Of a row whose id is none: the hashes tell of it. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** The bytes of a row in the run of what is packed. */
export function bytesInRun(row: EventRow): number {
  return Number(row[3]) + Number(row[4]) + Number(row[5] ?? 0);
}

/** The bytes of a row's contents, which bound a page. */
export function contentBytes(row: EventRow): number {
  return (row[14]?.length ?? 0) + Number(row[5] ?? 0) + Number(row[6] ?? 0);
}

/** Whether the sealed part lacks the event's id. */
export function isCut(row: EventRow, { run, start }: RowPlace): boolean {
  return row[5] !== null && row[3] === 16n && run[start + Number(row[3]) + Number(row[4])] === SEALED_AS.withoutId;
}

/** Copies a sealed part that lacks the event's id, and puts it in. */
export function putId(
  to: Buffer,
  at: number,
  { sealed, start, end }: { readonly sealed: Buffer; readonly start: number; readonly end: number },
  place: RowPlace,
): void {
  const idAt = Math.min(ID_IN_SEALED, end - start);
  sealed.copy(to, at, start, start + idAt);
  place.run.copy(to, at + idAt, place.start, place.start + PACKED_UUID);
  sealed.copy(to, at + idAt + PACKED_UUID, start + idAt, end);
}

function oldBody(row: EventRow) {
  const [recordedAt, occurredAt, actor, correlationId, causationId, text] = row.slice(9);
  const texts = [recordedAt, occurredAt, actor, correlationId, text];
  if (texts.some((one) => typeof one !== 'string')) throw new RangeError('a row has neither a body nor an envelope');
  const data: Json = JSON.parse(String(text));
  return {
    recordedAt: String(recordedAt),
    occurredAt: String(occurredAt),
    actor: String(actor),
    correlationId: String(correlationId),
    causationId: typeof causationId === 'string' ? causationId : null,
    data,
  };
}
