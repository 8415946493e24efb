import { createHash } from 'node:crypto';
import { DomainError } from '../../libs/kernel/index.ts';

const CHECK_BYTES = 4;
const MOST_CHARACTERS = 16_384;

/** A cursor in its opaque form. A short check binds it to its list; it keeps no secret. */
export function writeOpaque(content: Buffer, list: string): string {
  return Buffer.concat([content, checkOf(content, list)]).toString('base64url');
}

/** Throws DomainError `invalid` (field `cursor`) for a damaged cursor or one of another list. */
export function readOpaque(text: string, list: string): Buffer {
  const bytes = text.length <= MOST_CHARACTERS ? Buffer.from(text, 'base64url') : Buffer.alloc(0);
  const content = bytes.subarray(0, -CHECK_BYTES);
  const isWhole = bytes.length > CHECK_BYTES && bytes.toString('base64url') === text;
  if (!isWhole || !checkOf(content, list).equals(bytes.subarray(-CHECK_BYTES))) throw invalidCursor();
  return content;
}

/** A cursor that is one number, such as a position of the log. */
export function writeNumberCursor(place: bigint, list: string): string {
  const content = Buffer.alloc(8);
  content.writeBigInt64BE(place);
  return writeOpaque(content, list);
}

/** Throws DomainError `invalid` (field `cursor`). */
export function readNumberCursor(cursor: string, list: string): bigint {
  const content = readOpaque(cursor, list);
  if (content.length !== 8) throw invalidCursor();
  return content.readBigInt64BE();
}

export function invalidCursor(): DomainError {
  const message = 'is none that this list gave: leave it out to start at the first page';
  return new DomainError('invalid', `The cursor ${message}.`, [{ field: 'cursor', message }]);
}

function checkOf(content: Buffer, list: string): Buffer {
  return createHash('sha256').update(list).update('\0').update(content).digest().subarray(0, CHECK_BYTES);
}
