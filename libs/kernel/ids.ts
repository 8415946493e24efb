import { hash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a UUID of RFC 9562 in lower case with hyphens, the only form that the forum stores. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/** The UUID of 16 bytes; nothing is checked, and other lengths give a text that is none. */
export function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const DIGITS = '0123456789abcdef';
/** The first digit of a UUID's fourth group: the variant of RFC 9562 over two bits that are free. */
const VARIANTS = '89ab';

/**
 * A name-based UUID (RFC 9562, version 8, SHA-256): the same parts always give the same id.
 * Event ids come from (command id, index), imported ids from (source, their id), so that a repeat is recognised.
 */
export function deriveId(...parts: readonly (string | number)[]): string {
  const hex = hash('sha256', JSON.stringify(parts), 'hex');
  const variant = VARIANTS.charAt(DIGITS.indexOf(hex.charAt(16)) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
