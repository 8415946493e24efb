/** The characters of a text that are looked at, and those that its language is told by; UTF-16 units. */
const LOOKED_AT = 1_000;
const MOST = 200;

/**
 * The beginning of a Markdown text as far as its writer's language is in it: without what it quotes, code, addresses,
 * tags and names of members.
 */
export function plainHead(markdown: string): string {
  const own: string[] = [];
  let isCode = false;
  for (const line of markdown.slice(0, LOOKED_AT).split('\n')) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) isCode = !isCode;
    else if (!isCode && !/^ {0,3}>/.test(line)) own.push(line);
  }
  const text = own.join(' ');
  const words = text.replace(/`[^`]*`|https?:\/\/\S+|@[\w-]+|<[^<>]*>|&\w+;/g, ' ');
  return words.slice(0, MOST);
}
