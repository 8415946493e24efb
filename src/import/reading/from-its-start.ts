import type { Warn } from '../source/source.ts';
import { replaceTags } from '../tags-in.ts';

const COMMENT = { starts: /<!--/g, ends: '-->' };
const DECLARATION = /^<\?xml[^>]*\?>/;

/**
 * The first piece of an XML export without what a server wrote in front of it (warnings of PHP, byte order marks); lines keep
 * their numbers. `start` finds the declaration or the first element; a document type stays, for the parser to refuse.
 */
export function fromItsStart(text: string, warn: Warn, start: RegExp): string {
  const at = start.exec(text)?.index ?? 0;
  const before = text.slice(0, at);
  const said = replaceTags(before, COMMENT, ({ end }) => ({ by: '', end }));
  if (!/\S/u.test(said) || before.includes('<!DOCTYPE')) return text;
  warn('there is text in front of the export; it was skipped', { line: 1, column: 1 });
  return before.replace(/[^\n]/g, '') + text.slice(at).replace(DECLARATION, '');
}
