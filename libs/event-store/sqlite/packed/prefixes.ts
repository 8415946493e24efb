import { FIRST_CODE } from './codes.ts';
import type { LogNames } from './log-names.ts';
import { PACKED_UUID } from './uuid-text.ts';

/** The packed keys, by their bytes, among which all streams with a prefix stand; `to` is not among them. */
export interface KeySpan {
  readonly from: Buffer;
  readonly to: Buffer;
}

/** The kind of a packed stream: its name up to its first UUID. */
const KIND = "substr(text, 1, instr(text, '*') - 1)";
const CODES = `SELECT printf('%02X', code + ${FIRST_CODE}) FROM names WHERE kind = 2`;
const CODE = 'hex(substr(stream, 1, 1))';
const UUID = (at: number): string => {
  const hex = (from: number, bytes: number): string => `lower(hex(substr(stream, ${from}, ${bytes})))`;
  return [hex(at, 4), hex(at + 4, 2), hex(at + 6, 2), hex(at + 8, 2), hex(at + 10, 6)].join(" || '-' || ");
};
const SECOND = 2 + PACKED_UUID;
const IDS = `${UUID(2)} || CASE WHEN length(stream) >= ${SECOND} THEN '-' || ${UUID(SECOND)} ELSE '' END`;

/**
 * A condition that packed streams with a prefix meet, and its values. The names are looked up at each use, since a kind
 * may come later than the statement.
 */
export function packedPrefix(prefix: string): { readonly sql: string; readonly values: readonly (string | number)[] } {
  const { kind, rest } = partsOf(prefix);
  if (kind === null) {
    const begins = `${CODE} IN (${CODES} AND substr(${KIND}, 1, ?) = ?)`;
    return { sql: `(typeof(stream) = 'blob' AND ${begins})`, values: [prefix.length, prefix] };
  }
  const isKind = `${CODE} IN (${CODES} AND ${KIND} = ?)`;
  if (rest === '') return { sql: `(typeof(stream) = 'blob' AND ${isKind})`, values: [kind] };
  const sql = `(typeof(stream) = 'blob' AND ${isKind} AND substr(${IDS}, 1, ?) = ?)`;
  return { sql, values: [kind, rest.length, rest] };
}

/** Where packed streams with a prefix stand; others may stand there too. */
export function packedSpans(prefix: string, names: LogNames): readonly KeySpan[] {
  const { kind, rest } = partsOf(prefix);
  return names.all('stream').flatMap(({ code, text }) => {
    const own = text.slice(0, text.indexOf('*'));
    if (kind === null) return own.startsWith(prefix) ? [span(code, '')] : [];
    return own === kind ? [span(code, rest)] : [];
  });
}

/** A kind ends with its first hyphen, which a shorter prefix does not have. */
function partsOf(prefix: string): { readonly kind: string | null; readonly rest: string } {
  const end = prefix.indexOf('-') + 1;
  return end === 0 ? { kind: null, rest: prefix } : { kind: prefix.slice(0, end), rest: prefix.slice(end) };
}

function span(code: number, rest: string): KeySpan {
  const digits = /^[0-9a-f-]*/.exec(rest)?.[0].replaceAll('-', '') ?? '';
  const bytes = Buffer.from(digits.slice(0, 2 * PACKED_UUID), 'hex');
  const end = Buffer.alloc(2 * PACKED_UUID + 2, 0xff);
  return { from: Buffer.from([FIRST_CODE + code, ...bytes]), to: Buffer.from([FIRST_CODE + code, ...bytes, ...end]) };
}
