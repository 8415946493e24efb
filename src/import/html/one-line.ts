/** The text with a space for each run of white space that holds a line end; other runs stay. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, (run) => (run.includes('\n') ? ' ' : run));
}
