import { FIRST_CODE, STREAM_CODES } from './codes.ts';
import type { LogNames } from './log-names.ts';
import { PACKED_UUID, packUuid, UUID_LENGTH, uuidTextAt } from './uuid-text.ts';

/** A kind of things, and one UUID or two: `comment-<id>`, `reaction-<comment>-<member>`. */
const KIND = /^[a-z]{1,40}-/;

/** The stream's name in a row: its kind's number and its UUIDs as bytes, or the name itself. */
export type StreamKey = Buffer | string;

interface StreamParts {
  readonly form: string;
  readonly ids: readonly string[];
}

/** The UUIDs of a stream's name, and its kind with a star for each; null when its name has another form. */
export function streamParts(stream: string): StreamParts | null {
  if (stream !== last.stream) last = { stream, parts: partsOf(stream) };
  return last.parts;
}

/** The parts of the last stream, since a row needs them for its key and for its body. */
let last: { readonly stream: string; readonly parts: StreamParts | null } = { stream: '', parts: null };

function partsOf(stream: string): StreamParts | null {
  const kind = KIND.exec(stream)?.[0];
  if (kind === undefined) return null;
  const end = kind.length + UUID_LENGTH;
  if (!packUuid(stream, kind.length, scratch, 0)) return null;
  const first = stream.slice(kind.length, end);
  if (stream.length === end) return { form: `${kind}*`, ids: [first] };
  if (stream.length !== end + 1 + UUID_LENGTH || stream[end] !== '-') return null;
  return packUuid(stream, end + 1, scratch, 0) ? { form: `${kind}*-*`, ids: [first, stream.slice(end + 1)] } : null;
}

const scratch = new Uint8Array(PACKED_UUID);

/** Whether a stream's key that begins with this byte is packed. */
export function isPackedStream(first: number | undefined): boolean {
  return first !== undefined && first >= FIRST_CODE && first < FIRST_CODE + STREAM_CODES;
}

/** Throws RangeError for ids that are none. */
export function packedStream(code: number, ids: readonly string[]): Buffer {
  const bytes = Buffer.allocUnsafe(1 + ids.length * PACKED_UUID);
  bytes[0] = FIRST_CODE + code;
  for (const [place, id] of ids.entries()) packUuid(id, 0, bytes, 1 + place * PACKED_UUID);
  return bytes;
}

/** The name that `packedStream` packed, and its UUIDs. Throws RangeError for bytes that it never wrote. */
export function unpackStream(
  bytes: Uint8Array,
  { start, length }: { readonly start: number; readonly length: number },
  names: LogNames,
): { readonly stream: string; readonly ids: string[] } {
  const form = names.textOf('stream', (bytes[start] ?? 0) - FIRST_CODE);
  const first = uuidTextAt(bytes, start + 1);
  const kind = form.slice(0, form.indexOf('*'));
  if (length === 1 + PACKED_UUID && form === `${kind}*`) return { stream: kind + first, ids: [first] };
  if (length !== 1 + 2 * PACKED_UUID || form !== `${kind}*-*`) throw new RangeError('a stream has no readable name');
  const second = uuidTextAt(bytes, start + 1 + PACKED_UUID);
  return { stream: `${kind}${first}-${second}`, ids: [first, second] };
}
