/** The most marks on one letter: UAX #15 finds 30 enough for every language, and normalises as a stream up to there. */
export const MOST_MARKS = 30;

/** Texts of so many UTF-16 units, such as names and passwords, take little time, whatever they are made of. */
const SHORT = 800;

/** The half-width marks of Katakana are letters until NFKC makes marks of them. It matches each run once. */
const UP_TO_TOO_MANY = /[\p{M}\uff9e\uff9f]{1,31}/gu;
const RUN = /([\p{M}\uff9e\uff9f]{1,30})[\p{M}\uff9e\uff9f]*/gu;
/** UTF-16 units of the smallest run that is too long. */
const TOO_MANY = MOST_MARKS + 1;

/** No mark comes before these, and what has none of them is in NFC. */
const MAY_HAVE_MARKS = /[\u0300-\uffff]/;

/** Where the first letter with too many marks has them, in UTF-16 units; null without one. */
export function tooManyMarksAt(text: string): number | null {
  if (text.length < TOO_MANY || !MAY_HAVE_MARKS.test(text)) return null;
  for (const { 0: run, index } of text.matchAll(UP_TO_TOO_MANY))
    if (run.length >= TOO_MANY && [...run].length === TOO_MANY) return index;
  return null;
}

/** The text with the first marks of each letter alone. */
export function withFewMarks(text: string): string {
  return tooManyMarksAt(text) === null ? text : text.replace(RUN, '$1');
}

/**
 * The text in a form of Unicode (UAX #15), in time that grows as the text does: the engine sorts the marks of one letter
 * in the square of their number, so of a letter with more than 30 in a long text the first are kept alone. What people
 * send is refused before that. Nothing else normalises.
 */
export function composed(text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD' = 'NFC'): string {
  if (form === 'NFC' && !MAY_HAVE_MARKS.test(text)) return text;
  return (text.length <= SHORT ? text : withFewMarks(text)).normalize(form);
}
