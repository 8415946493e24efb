import type { AllStreamResolvedEvent } from '@kurrent/kurrentdb-client';
import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Position } from '../../kernel/index.ts';

/** An event of the database, the log's or any other, as reads and subscriptions both give it. */
export interface RawEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  /** Parsed JSON, or bytes. */
  readonly data: unknown;
  readonly metadata: unknown;
  /** To the millisecond. */
  readonly created: Date;
}

/** Where an event stands. */
export type RawPlace = Pick<RawEvent, 'stream' | 'position'>;

/** A second has so many of the database's ticks, a millisecond a thousandth of that. */
const TICKS_PER_MILLISECOND = 10_000n;

export function rawEvent(event: streams.ReadResp.ReadEvent.RecordedEvent): RawEvent {
  const properties = event.getMetadataMap();
  const data = event.getData_asU8();
  return {
    ...rawPlace(event),
    revision: BigInt(event.getStreamRevision()),
    id: event.getId()?.getString() ?? '',
    type: properties.get('type') ?? '',
    data: properties.get('content-type') === 'application/json' ? jsonIn(data) : data,
    metadata: jsonIn(event.getCustomMetadata_asU8()),
    created: new Date(Number(BigInt(properties.get('created') ?? '0') / TICKS_PER_MILLISECOND)),
  };
}

export function rawPlace(event: streams.ReadResp.ReadEvent.RecordedEvent): RawPlace {
  return {
    stream: Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8'),
    position: BigInt(event.getCommitPosition()),
  };
}

/** One that the client gave; undefined for a link whose event is gone. */
export function rawOfClient({ event }: AllStreamResolvedEvent): RawEvent | undefined {
  if (event === undefined) return undefined;
  const { streamId: stream, revision, position, id, type, data, metadata, created } = event;
  return { stream, revision, position: position.commit, id, type, data, metadata, created };
}

/** Bytes that are no JSON stay bytes. */
function jsonIn(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return bytes;
  }
}
