import { normalized, withoutForbidden } from '../../domain/text.ts';
import { plainText } from '../html/parse-html.ts';

const LONGEST = 200;

/** What a category or tag is called, as the forum keeps it. */
export function tagFrom(name: string): string {
  const cut = [...plainText(name).replace(/[\t\n]/g, ' ')].slice(0, LONGEST).join('').trim();
  return normalized(withoutForbidden(cut));
}
