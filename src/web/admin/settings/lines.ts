/** The lines of a field that say something. */
export function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The words of a link, then its address; a line of one word has no address. */
export function linkIn(line: string): { readonly label: string; readonly href: string } {
  const at = line.lastIndexOf(' ');
  return at < 0 ? { label: line, href: '' } : { label: line.slice(0, at).trim(), href: line.slice(at + 1) };
}
