import { DomainError } from '../../../libs/kernel/index.ts';

/** The deepest nesting of objects and lists. */
export const DEEPEST_JSON = 32;
/** The most fields in all objects of a body together; far more than any request has. */
export const MOST_FIELDS = 2_000;
/**
 * The most entries of lists, with the objects and lists themselves, in a body; and in a policy, whose two lists have
 * 10,000 words each.
 */
export const MOST_ENTRIES = 2_000;
export const MOST_POLICY_ENTRIES = 50_000;
/** Keys that would reach an object's prototype. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses bytes as JSON (RFC 8259, UTF-8, with or without a byte order mark). The cost of reading and checking is
 * bounded by MOST_FIELDS and `mostEntries`, which are counted first.
 * Throws DomainError `malformed` for broken UTF-8 and broken JSON, `too_large` for more than those limits, `invalid`
 * for JSON that is too deep or names prototypes.
 */
export function parseJson(bytes: Uint8Array, mostEntries = MOST_ENTRIES): unknown {
  requireFew(bytes, mostEntries);
  const value = parse(decode(bytes));
  requireTame(value, 0);
  return value;
}

const [QUOTE, BACKSLASH, COLON, COMMA, LIST, OBJECT] = [...'"\\:,[{'].map((sign) => sign.charCodeAt(0));

/**
 * A colon follows each field's name. Each value but the first of all follows a comma, or opens a list or an object. In
 * UTF-8 none of these signs is part of another character.
 */
function requireFew(bytes: Uint8Array, mostEntries: number): void {
  let [fields, values, isText] = [0, 0, false];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) isText = !isText;
    else if (isText) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === COLON) fields += 1;
    else if (byte === COMMA || byte === LIST || byte === OBJECT) values += 1;
    if (fields > MOST_FIELDS) throw tooMany(`${MOST_FIELDS} fields`);
    if (values - fields > mostEntries) throw tooMany(`${mostEntries} entries of lists`);
  }
}

function tooMany(what: string): DomainError {
  return new DomainError('too_large', `The request has more than ${what}.`);
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DomainError('malformed', 'The request is not UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('malformed', text.trim() === '' ? 'The request has no JSON.' : 'The request is not JSON.');
  }
}

function requireTame(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= DEEPEST_JSON) {
    throw new DomainError('invalid', `The request nests deeper than ${DEEPEST_JSON} levels.`, [
      { field: '', message: `must not nest deeper than ${DEEPEST_JSON} levels` },
    ]);
  }
  for (const [key, part] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key)) {
      throw new DomainError('invalid', `A field may not be named ${key}.`, [
        { field: key, message: 'is not known here' },
      ]);
    }
    requireTame(part, depth + 1);
  }
}
