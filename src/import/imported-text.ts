import { inUnicode } from '../../libs/burmese/index.ts';
import { withoutForbidden } from '../domain/text.ts';

/** A text of another system as the forum may store it: without characters that it refuses, and with its Burmese in Unicode. */
export function importedText(text: string): string {
  return inUnicode(withoutForbidden(text));
}
