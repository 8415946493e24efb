import { hash } from 'node:crypto';
import { HASH_BYTES } from './sizes.ts';

/** The root of the tree without leaves: SHA-256 of nothing (RFC 6962, section 2.1). */
export const EMPTY_ROOT: Uint8Array = hash('sha256', '', 'buffer');

const leafInput = Buffer.alloc(1 + HASH_BYTES);
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES);
nodeInput[0] = 1;

/** The entry of an event: SHA-256 of its line, 32 bytes. */
export function entryOf(line: string | Uint8Array): Uint8Array {
  return hash('sha256', line, 'buffer');
}

/** The leaf of an entry: SHA-256(0x00 ‖ entry), as in RFC 6962. */
export function leafHash(entry: Uint8Array): Uint8Array {
  if (entry.length === HASH_BYTES) {
    leafInput.set(entry, 1);
    return hash('sha256', leafInput, 'buffer');
  }
  return hash('sha256', Buffer.concat([leafInput.subarray(0, 1), entry]), 'buffer');
}

/** The node over two: SHA-256(0x01 ‖ left ‖ right). Both have 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return hashBytes(hash('sha256', nodeInput, 'binary'));
}

/** A hash as a text of 32 characters, one byte each: it takes a third of the time of one in a buffer of its own. */
export type HashText = string;

/** The entry of an event: SHA-256 of its line. */
export function entryText(line: string | Uint8Array): HashText {
  return hash('sha256', line, 'binary');
}

/** The leaf of an entry: SHA-256(0x00 ‖ entry). */
export function leafText(entry: HashText): HashText {
  leafInput.write(entry, 1, 'latin1');
  return hash('sha256', leafInput, 'binary');
}

/** The node over two: SHA-256(0x01 ‖ left ‖ right). */
export function nodeText(left: HashText, right: HashText): HashText {
  nodeInput.write(left, 1, 'latin1');
  nodeInput.write(right, 1 + HASH_BYTES, 'latin1');
  return hash('sha256', nodeInput, 'binary');
}

/** The bytes of one hash, or of many in a row. */
export function hashBytes(text: HashText): Buffer {
  return Buffer.from(text, 'latin1');
}

/** The bytes of each hash of a row, given as its text or as its bytes. */
export function hashesIn(row: HashText | Uint8Array): readonly Uint8Array[] {
  const bytes = typeof row === 'string' ? hashBytes(row) : row;
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}

/** One hash, or many in a row, from their bytes. */
export function hashText(bytes: Uint8Array): HashText {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/**
 * True when a node is the one over two, each of 32 bytes. It does the same as `nodeHash` in half of the time, since a
 * text of bytes is made faster than a buffer.
 */
export function isNodeOver(node: Uint8Array, left: Uint8Array, right: Uint8Array): boolean {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  const text = hash('sha256', nodeInput, 'binary');
  return node.length === HASH_BYTES && node.every((byte, at) => byte === text.charCodeAt(at));
}

/** True for two hashes with the same bytes. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
