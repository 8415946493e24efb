import type Database from 'better-sqlite3';
import type { RecordedEvent } from '../../port.ts';
import { packBody, SEALED_AS } from './event-body.ts';
import type { LogNames } from './log-names.ts';
import { Packer } from './packer.ts';
import { ID_IN_SEALED, RowForm } from './row-form.ts';
import { type StreamKey, streamParts } from './stream-key.ts';
import { PACKED_UUID, uuidPacked } from './uuid-text.ts';

/** A row as it is stored. */
interface PackedRow {
  readonly id: Buffer;
  readonly type: number | string;
  /** Valid until the next one is packed. */
  readonly body: Buffer;
  readonly sealed: Uint8Array | null;
}

/** Packs events into rows, and stores them; within the caller's transaction. */
export class RowWriter {
  readonly form: RowForm;
  readonly #names: LogNames;
  readonly #insert: Database.Statement;
  readonly #packer = new Packer();

  /** The log is of the newest version. Throws SQLite's error. */
  constructor(db: Database.Database) {
    this.form = new RowForm(db, true);
    if (this.form.names === null) throw new RangeError('the log was not made ready for new rows');
    this.#names = this.form.names;
    const columns = 'position, id, stream, revision, type, body, sealed';
    this.#insert = db.prepare(`INSERT INTO events (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  }

  /** `key` is the stream's, from `form.keyToStore`. Throws SQLite's error, and RangeError for an id that is none. */
  add(event: RecordedEvent, key: StreamKey): void {
    const { id, type, body, sealed } = this.#pack(event);
    // A number would be kept as one with a point, in eight bytes.
    const code = typeof type === 'number' ? BigInt(type) : type;
    this.#insert.run(event.position, id, key, event.revision, code, body, sealed);
  }

  /** The transaction was taken back, and with it what its rows named. */
  takenBack(): void {
    this.#names.reload();
  }

  #pack(event: RecordedEvent): PackedRow {
    return packRow(event, this.#packer, this.#names);
  }
}

/** Throws RangeError for an id that is none. */
export function packRow(event: RecordedEvent, packer: Packer, names: LogNames): PackedRow {
  const id = uuidPacked(event.id);
  const { sealed } = event;
  const isCut = sealed !== null && standsIn(sealed, id);
  const known = [...(streamParts(event.stream)?.ids ?? []), event.id];
  const sealedAs = isCut ? SEALED_AS.withoutId : SEALED_AS.whole;
  return {
    id,
    type: names.learn('type', event.type) ?? event.type,
    body: packBody(packer, event, { names, known, sealedAs }),
    sealed: isCut ? withoutId(sealed) : sealed,
  };
}

function standsIn(sealed: Uint8Array, id: Uint8Array): boolean {
  if (sealed.length < ID_IN_SEALED + PACKED_UUID) return false;
  for (let byte = 0; byte < PACKED_UUID; byte += 1) if (sealed[ID_IN_SEALED + byte] !== id[byte]) return false;
  return true;
}

function withoutId(sealed: Uint8Array): Uint8Array {
  const cut = Buffer.allocUnsafe(sealed.length - PACKED_UUID);
  for (let byte = 0; byte < ID_IN_SEALED; byte += 1) cut[byte] = sealed[byte] ?? 0;
  cut.set(sealed.subarray(ID_IN_SEALED + PACKED_UUID), ID_IN_SEALED);
  return cut;
}
