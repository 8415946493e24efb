import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { StoredRecord } from './records.ts';

/** How a reader wants ids: as two 64-bit numbers, or as text. */
export type IdForm = 'structured' | 'string';

export function eventAnswer(record: StoredRecord, ids: IdForm): streams.ReadResp {
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recordedEvent(record, ids)).setCommitPosition(String(record.position));
  return new streams.ReadResp().setEvent(event);
}

function recordedEvent(record: StoredRecord, ids: IdForm): streams.ReadResp.ReadEvent.RecordedEvent {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event
    .setId(idIn(record.id, ids))
    .setStreamIdentifier(identifierOf(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  event
    .getMetadataMap()
    .set('type', record.type)
    .set('created', String(record.createdTicks))
    .set('content-type', record.isJson ? 'application/json' : 'application/octet-stream');
  return event;
}

export function identifierOf(stream: string): shared.StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8').toString('base64'));
  return identifier;
}

function idIn(id: string, form: IdForm): shared.UUID {
  const uuid = new shared.UUID();
  if (form === 'string') return uuid.setString(id);
  const hex = id.replaceAll('-', '');
  const half = (from: number): string => String(BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)));
  const structured = new shared.UUID.Structured();
  structured.setMostSignificantBits(half(0)).setLeastSignificantBits(half(16));
  return uuid.setStructured(structured);
}

export function confirmationAnswer(subscriptionId: string): streams.ReadResp {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  return new streams.ReadResp().setConfirmation(confirmation.setSubscriptionId(subscriptionId));
}

export function checkpointAnswer(position: bigint): streams.ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position)).setPreparePosition(String(position)).setTimestamp(now());
  return new streams.ReadResp().setCheckpoint(checkpoint);
}

/** How far a subscription has come: in `$all`, or in one stream; absent when it has seen nothing yet. */
export type Reached = { readonly position: bigint } | { readonly revision: bigint } | undefined;

export function caughtUpAnswer(reached: Reached): streams.ReadResp {
  const answer = new streams.ReadResp.CaughtUp();
  answer.setTimestamp(now());
  if (reached === undefined) return new streams.ReadResp().setCaughtUp(answer);
  if ('revision' in reached) answer.setStreamRevision(String(reached.revision));
  else {
    const position = new streams.ReadResp.Position();
    answer.setPosition(
      position.setCommitPosition(String(reached.position)).setPreparePosition(String(reached.position)),
    );
  }
  return new streams.ReadResp().setCaughtUp(answer);
}

export function streamNotFoundAnswer(stream: string): streams.ReadResp {
  const notFound = new streams.ReadResp.StreamNotFound();
  return new streams.ReadResp().setStreamNotFound(notFound.setStreamIdentifier(identifierOf(stream)));
}

function now(): timestamp.Timestamp {
  return timestamp.Timestamp.fromDate(new Date());
}
