import type shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { NewRecord } from './records.ts';
import { invalidArgument, maxAppendSizeExceeded, metadataMissing, type Refusal } from './rpc-errors.ts';

/** Thrown for a request that cannot be taken as it is. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.details);
    this.refusal = refusal;
  }
}

type ProposedMessage = streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** The name of a stream: UTF-8, not empty, no metadata of nothing. Throws Refused. */
export function streamNameOf(identifier: shared.StreamIdentifier | undefined): string {
  const bytes = identifier?.getStreamName_asU8() ?? new Uint8Array();
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused(invalidArgument('The name of the stream is no valid UTF-8.'));
  }
  if (name === '' || name === '$$') throw new Refused(invalidArgument(`'${name}' is no name of a stream.`));
  return name;
}

/** One proposed event. Throws Refused for an id that is none, and without a type or content type. */
export function recordOf(message: ProposedMessage): NewRecord {
  const properties = message.getMetadataMap();
  const type = properties.get('type');
  const contentType = properties.get('content-type');
  if (type === undefined) throw new Refused(metadataMissing('type'));
  if (contentType === undefined) throw new Refused(metadataMissing('content-type'));
  if (type === '') throw new Refused(invalidArgument('The type of an event is empty.'));
  return {
    id: uuidOf(message.getId()),
    type,
    isJson: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** Throws Refused for the empty id, and for what is none. */
export function uuidOf(uuid: shared.UUID | undefined): string {
  const structured = uuid?.getStructured();
  const id =
    structured === undefined
      ? (uuid?.getString() ?? '').toLowerCase()
      : fromHalves(structured.getMostSignificantBits(), structured.getLeastSignificantBits());
  if (!UUID.test(id) || id === NO_ID) throw new Refused(invalidArgument(`'${id}' is no id of an event.`));
  return id;
}

/** Throws Refused when all events together are larger than an append may be: payloads, and two bytes a letter of a type. */
export function refuseTooLarge(records: readonly NewRecord[], maxBytes: number): void {
  let bytes = 0;
  for (const { data, metadata, type } of records) bytes += data.byteLength + metadata.byteLength + type.length * 2;
  if (bytes > maxBytes) throw new Refused(maxAppendSizeExceeded(maxBytes));
}

function fromHalves(most: string, least: string): string {
  const hex = [most, least].map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
