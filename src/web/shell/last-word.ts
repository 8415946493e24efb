/** The last word of a search, as it was typed. */
export function lastWord(q: string): string {
  return q.trim().split(/\s/).at(-1) ?? '';
}
