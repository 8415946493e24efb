import { randomUUID } from 'node:crypto';
import type { EventData } from '@kurrent/kurrentdb-client';
import { isRecord, type Json, trusted } from '../../kernel/index.ts';
import type { NewEvent, RecordedEvent } from '../port.ts';
import { storableData } from '../storable.ts';
import type { RawEvent } from './raw-event.ts';

/** An event read from the database: in the log's form, and with the facts that only the adapter needs. */
export interface StoredEvent {
  readonly event: RecordedEvent;
  /** The append that wrote it, when it is the append's last event; otherwise more events of the same append follow. */
  readonly append: string | undefined;
}

export interface EncodeOptions {
  /** Marks the last event, so that the end of an append is known. */
  readonly append: string;
  /** `recordedAt` of each event in another log, for copies of that log; without it the server's clock decides. */
  readonly recordedAt?: readonly string[];
}

/**
 * Events in the client's form, each with an id that nothing else ever had. So the database takes only this call's own
 * resends for a repeat, and whatever it reports as recorded are these contents of this writer. The event's own id
 * stands in its metadata. Throws RangeError for events that cannot be stored unchanged.
 */
export function encode(events: readonly NewEvent[], { append, recordedAt }: EncodeOptions): EventData[] {
  return events.map((event, index) => {
    storableData(event);
    return {
      id: randomUUID(),
      contentType: 'application/json',
      type: event.type,
      data: { toJSON: () => event.data },
      metadata: {
        id: event.id,
        occurredAt: event.occurredAt,
        actor: event.actor,
        $correlationId: event.correlationId,
        ...(event.causationId === null ? {} : { $causationId: event.causationId }),
        ...(event.sealed === null ? {} : { sealed: Buffer.from(event.sealed).toString('base64') }),
        ...(recordedAt?.[index] === undefined ? {} : { recordedAt: recordedAt[index] }),
        ...(index === events.length - 1 ? { append } : {}),
      },
    };
  });
}

/** Undefined for anything but an event of a log: a system event, or an event that is no JSON. */
export function decode(raw: RawEvent): StoredEvent | undefined {
  const { type } = raw;
  const data = jsonIn(raw.data);
  if (type.startsWith('$') || data === undefined) return undefined;
  const metadata = fields(raw.metadata);
  const id = text(metadata.id);
  const recordedAt =
    text(metadata.recordedAt) ?? (id === undefined ? wholeSecond(raw.created) : raw.created.toISOString());
  const sealed = text(metadata.sealed);
  return {
    append: text(metadata.append),
    event: {
      id: id ?? raw.id,
      stream: raw.stream,
      revision: raw.revision,
      position: raw.position,
      type,
      recordedAt,
      occurredAt: text(metadata.occurredAt) ?? recordedAt,
      actor: text(metadata.actor) ?? 'system',
      correlationId: text(metadata.$correlationId) ?? id ?? raw.id,
      causationId: text(metadata.$causationId) ?? null,
      data,
      sealed: sealed === undefined ? null : Buffer.from(sealed, 'base64'),
    },
  };
}

/** Events without their own id are from a time when only whole seconds were known, and were hashed with these. */
function wholeSecond(created: Date): string {
  return new Date(Math.floor(created.getTime() / 1000) * 1000).toISOString();
}

/** The client has parsed JSON; contents that it could not parse are bytes. */
export function jsonIn(data: unknown): Json | undefined {
  return data instanceof Uint8Array ? undefined : trusted<Json | undefined>(data);
}

function fields(metadata: unknown): Readonly<Record<string, unknown>> {
  return isRecord(metadata) ? metadata : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
