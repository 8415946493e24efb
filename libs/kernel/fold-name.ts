import { composed } from '../words/index.ts';
/**
 * The common form of two names that look the same: NFKC and case folding, by way of upper case so that `ß` equals `SS`
 * and both sigmas are equal. Handles are unique and found by this form.
 */
export function foldName(name: string): string {
  return composed(composed(name, 'NFKC').toUpperCase().toLowerCase(), 'NFKC');
}
