import type { ImportSaying } from '../../../libs/words/index.ts';

/** Said of JSON, of plain text, and of what stands behind the end. */
export const TEXT_OUTSIDE = 'text data outside of root node.';

/** Faults that WordPress itself has written, after which the parser reads on safely, and what is said about each. */
export const TOLERATED = new Map<string, ImportSaying>([
  ['disallowed character.', 'a character that XML forbids was dropped'],
  ['the string "]]>" is disallowed in char data.', 'a CDATA section holds "]]>"; read as it was meant'],
  ['undefined entity.', 'an entity that XML does not know was kept as text'],
  ['empty entity name.', 'an entity without a name was kept as text'],
  ['malformed character entity.', 'a reference to a character that XML forbids was kept as text'],
  ['malformed comment.', 'an XML comment holds "--"'],
  ['an XML declaration must be at the start of the document.', 'there is something in front of the XML declaration'],
]);
