import type { Packer } from './packer.ts';
import type { EventRow, RowForm } from './row-form.ts';
import { packRow } from './row-writer.ts';
import type { StreamKey } from './stream-key.ts';

/** What a row has of its own beside the integers of `EventRow`. */
export const STORED_COLUMNS = 'id, stream, body, sealed';

export interface StoredRow {
  readonly id: Buffer;
  readonly stream: StreamKey;
  /** Null in an old row. */
  readonly body: Buffer | null;
  readonly sealed: Buffer | null;
}

interface Looked {
  readonly row: EventRow;
  readonly form: RowForm;
  /** Absent in a log without new rows. */
  readonly stored: StoredRow | undefined;
}

/**
 * Whether a row's bytes are those that the forum writes for the same event. True also for a row that cannot be read,
 * which is reported elsewhere.
 */
export function isAsWritten({ row, form, stored }: Looked, packer: Packer): boolean {
  try {
    if (stored === undefined || stored.body === null || form.names === null) return isOwnText(row[14] ?? '');
    const event = form.event(row);
    if (!isSameKey(form.keyOf(event.stream), stored.stream)) return false;
    const own = packRow(event, packer, form.names);
    const type = typeof row[2] === 'bigint' ? Number(row[2]) : row[2];
    return own.type === type && own.id.equals(stored.id) && own.body.equals(stored.body) && sameSealed(own, stored);
  } catch {
    return true;
  }
}

function isSameKey(own: StreamKey, stored: StreamKey): boolean {
  return typeof own === 'string' || typeof stored === 'string' ? own === stored : own.equals(stored);
}

function sameSealed(own: { readonly sealed: Uint8Array | null }, { sealed }: StoredRow): boolean {
  return own.sealed === null ? sealed === null : sealed?.equals(own.sealed) === true;
}

function isOwnText(data: string): boolean {
  return JSON.stringify(JSON.parse(data)) === data;
}
