import type { AllStreamResolvedEvent, EventData, ResolvedEvent } from '@kurrent/kurrentdb-client';
import type { Json } from '../../kernel/index.ts';
import type { NewEvent, RecordedEvent } from '../port.ts';
import { storableData } from '../storable.ts';

/** An event read from the database: as the log knows it, and what the adapter alone has to know. */
export interface StoredEvent {
  readonly event: RecordedEvent;
  /** The append that wrote it, when it is the last event of one; else more events of the same append follow. */
  readonly append: string | undefined;
}

export interface EncodeOptions {
  /** Marks the last event, so that the end of an append is known, and by whom it was written. */
  readonly append: string;
  /** `recordedAt` of each event as another log told it, for copies of that log; the server's clock tells it otherwise. */
  readonly recordedAt?: readonly string[];
}

/** Events as the client takes them. Throws RangeError for those that cannot be kept as they are. */
export function encode(events: readonly NewEvent[], { append, recordedAt }: EncodeOptions): EventData[] {
  return events.map((event, index) => {
    storableData(event);
    return {
      id: event.id,
      contentType: 'application/json',
      type: event.type,
      data: { toJSON: () => event.data },
      metadata: {
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

/** Undefined for what is no event of a log: a link whose event is gone, a system event, an event that is no JSON. */
export function decode({ event, commitPosition }: AllStreamResolvedEvent | ResolvedEvent): StoredEvent | undefined {
  const position = event?.position?.commit ?? commitPosition;
  if (event === undefined || position === undefined || event.type.startsWith('$') || !isJson(event.data)) {
    return undefined;
  }
  const metadata = fields(event.metadata);
  const recordedAt = text(metadata.recordedAt) ?? wholeSecond(event.created);
  const sealed = text(metadata.sealed);
  return {
    append: text(metadata.append),
    event: {
      id: event.id,
      stream: event.streamId,
      revision: event.revision,
      position,
      type: event.type,
      recordedAt,
      occurredAt: text(metadata.occurredAt) ?? recordedAt,
      actor: text(metadata.actor) ?? 'system',
      correlationId: text(metadata.$correlationId) ?? event.id,
      causationId: text(metadata.$causationId) ?? null,
      data: event.data,
      sealed: sealed === undefined ? null : Buffer.from(sealed, 'base64'),
    },
  };
}

/** The client's reads know the time to the second, its subscriptions to the millisecond: an event must read the same. */
function wholeSecond(created: Date): string {
  return new Date(Math.floor(created.getTime() / 1000) * 1000).toISOString();
}

/** The client has parsed it from JSON; what it could not parse are bytes. */
function isJson(data: unknown): data is Json {
  return data !== undefined && !(data instanceof Uint8Array);
}

function fields(metadata: unknown): Readonly<Record<string, unknown>> {
  return isRecord(metadata) ? metadata : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
