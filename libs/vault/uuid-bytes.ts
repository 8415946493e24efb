import { isUuid } from '../kernel/index.ts';

export const UUID_BYTES = 16;

/** Throws RangeError when it is no UUID in the form that the forum stores. */
export function uuidBytes(id: string): Buffer {
  if (!isUuid(id)) throw new RangeError('an event id is a UUID in lower case');
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
