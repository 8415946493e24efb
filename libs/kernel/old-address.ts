import { composed } from '../words/index.ts';
import { withoutTail } from './without-tail.ts';

/** How WordPress names a post or page by its number. */
const NUMBERED = /(?:^|&)(?:p|page_id)=(\d{1,18})(?:&|$)/;

/**
 * The key of an old address, whatever its host and letter case: its path without final slashes, or `?p=12`. Null for a
 * home page, and for a malformed address.
 */
export function oldAddressKey(address: string): string | null {
  const [whole = ''] = address.replace(/^https?:\/\/[^/?#]*/i, '').split('#');
  const [path = '', query = ''] = whole.split('?', 2);
  const number = NUMBERED.exec(query)?.[1];
  if (number !== undefined) return `?p=${Number(number)}`;
  const key = withoutTail(composed(decoded(path)).toLowerCase(), /\//);
  return key === '' ? null : key;
}

/** The name of a category or tag in an old address, as `oldAddressKey` has it there. */
export function oldNameKey(nicename: string): string {
  return composed(decoded(nicename)).toLowerCase();
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
