/** Characters of a quoted text; who wants to read on follows the link. */
const LONGEST = 1_500;

interface Quoted {
  readonly commentId: string;
  /** The name of who wrote it. */
  readonly name: string;
  readonly text: string;
}

/** A quotation in Markdown that tells who said it and leads to the comment, with room for the answer below. */
export function quotation({ commentId, name, text }: Quoted): string {
  const characters = [...text.trim()];
  const said = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : characters.join('');
  const lines = said.split(/\r?\n/).map((line) => (line === '' ? '>' : `> ${line}`));
  return `${lines.join('\n')}\n>\n> — [${asPlainText(name)}](/comments/${commentId})\n\n`;
}

/** A name that is no Markdown, whatever characters it has. */
function asPlainText(name: string): string {
  return name.replace(/[\\`*_~@#&:[\]<>()!|]/g, '\\$&');
}
