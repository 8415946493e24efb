import { isRecord, type Json } from '../../../kernel/index.ts';
import type { LogNames } from './log-names.ts';
import type { Packer } from './packer.ts';
import { Unpacker } from './unpacker.ts';

/** What a row packs into its body: the envelope without what has a column of its own, and the data. */
export interface EventBody {
  readonly recordedAt: string;
  readonly occurredAt: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly data: Json;
}

/** The first byte of a body: how its row has the sealed part. */
export const SEALED_AS = { whole: 1, withoutId: 2 } as const;

/** The fields' number is one more than it is; this one stands for data that is packed as one value. */
const NO_FIELDS = 0;

/** `known`: the UUIDs of the row's stream and the event's own. The result is valid until the packer begins again. */
export function packBody(
  packer: Packer,
  body: EventBody,
  {
    names,
    known,
    sealedAs,
  }: { readonly names: LogNames; readonly known: readonly string[]; readonly sealedAs: number },
): Buffer {
  packer.begin(known);
  packer.byte(sealedAs);
  packer.recordedAt(body.recordedAt);
  packer.value(body.occurredAt);
  packer.value(body.actor);
  packer.value(body.correlationId);
  packer.value(body.causationId);
  packData(packer, body.data, names);
  return packer.end();
}

function packData(packer: Packer, data: Json, names: LogNames): void {
  const code = isRecord(data) ? names.learnFields(Object.keys(data)) : undefined;
  if (code === undefined || !isRecord(data)) {
    packer.count(NO_FIELDS);
    packer.value(data);
    return;
  }
  packer.count(code + 1);
  for (const value of Object.values<Json>(data)) packer.value(value);
}

/** Throws RangeError for bytes that `packBody` never made, and SyntaxError for damaged JSON. */
export function unpackBody(
  bytes: Buffer,
  {
    start,
    end,
    known,
    names,
  }: { readonly start: number; readonly end: number; known: string[]; readonly names: LogNames },
): EventBody {
  const from = new Unpacker(bytes, start, end, known);
  from.byte();
  const recordedAt = from.recordedAt();
  const occurredAt = from.text();
  const actor = from.text();
  const correlationId = from.text();
  const causation = from.value();
  const data = unpackData(from, names);
  if (causation !== null && typeof causation !== 'string') throw new RangeError('an event has no readable cause');
  if (!from.isAtEnd) throw new RangeError('the bytes of an event go on after it');
  return { recordedAt, occurredAt, actor, correlationId, causationId: causation, data };
}

function unpackData(from: Unpacker, names: LogNames): Json {
  const code = from.count();
  if (code === NO_FIELDS) return from.value();
  const data: Record<string, Json> = {};
  for (const field of fieldsOf(names.textOf('fields', code - 1))) data[field] = from.value();
  return data;
}

/** By their text, which is one and the same for all events that have them. */
const fieldLists = new Map<string, readonly string[]>();
const MOST_LISTS = 4_096;

function fieldsOf(text: string): readonly string[] {
  const known = fieldLists.get(text);
  if (known !== undefined) return known;
  const fields: unknown = JSON.parse(text);
  if (!Array.isArray(fields) || !fields.every((field) => typeof field === 'string')) {
    throw new RangeError('the log does not explain the fields of an event');
  }
  if (fieldLists.size < MOST_LISTS) fieldLists.set(text, fields);
  return fields;
}
