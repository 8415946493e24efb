import { DomainError } from '../../../../libs/kernel/index.ts';

/** Objects and lists inside one another, at most. */
export const DEEPEST_JSON = 32;
/** Keys that would reach an object's prototype. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Bytes as JSON (RFC 8259, UTF-8, a byte order mark is passed over).
 * Throws DomainError `malformed` for broken UTF-8 and broken JSON, `invalid` for JSON that is too deep or reaches for prototypes.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const value = parse(decode(bytes));
  requireTame(value, 0);
  return value;
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
