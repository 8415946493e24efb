import { isUuid } from '../kernel/index.ts';

export const UUID_BYTES = 16;

/** Throws RangeError when it is no UUID in the form that the forum stores. */
export function uuidBytes(id: string): Buffer {
  if (!isUuid(id)) throw new RangeError('an event id is a UUID in lower case');
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}
