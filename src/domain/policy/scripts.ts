/** The scripts that write words without spaces, as they stand in a set of a pattern. */
export const SCRIPTS_UNSPACED = ['Thai', 'Lao', 'Khmer', 'Myanmar', 'Han', 'Hiragana', 'Katakana', 'Tibetan']
  .map((script) => `\\p{scx=${script}}`)
  .join('');
const UNSPACED = new RegExp(`[${SCRIPTS_UNSPACED.replaceAll('scx', 'sc')}]`, 'u');

/** Whether the script of a folded text writes words without spaces. */
export function isUnspaced(folded: string): boolean {
  return UNSPACED.test(folded);
}
