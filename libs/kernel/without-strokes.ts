/** Latin letters whose stroke or ligature is no combining mark, so that decomposing leaves them as they are. */
const PLAIN: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  ŧ: 't',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};

/** A text in lower case with plain letters in the place of those with a stroke, or joined. */
export function withoutStrokes(text: string): string {
  return text.replace(/[đðħıłøŧþßæœ]/gu, (letter) => PLAIN[letter] ?? letter);
}
