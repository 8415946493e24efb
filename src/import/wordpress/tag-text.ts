import { IMPORT_TEXT_LIMITS } from '../../../libs/words/index.ts';
import { normalized } from '../../domain/text.ts';
import { plainText } from '../html/parse-html.ts';
import { importedText } from '../imported-text.ts';

/** The name of a category or tag, as the forum keeps it. */
export function tagFrom(name: string): string {
  const cut = [...plainText(name).replace(/[\t\n]/g, ' ')].slice(0, IMPORT_TEXT_LIMITS.tag.max).join('').trim();
  return normalized(importedText(cut));
}
