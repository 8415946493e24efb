import { isSyllable } from './disguises.ts';
import { type FoldedText, originalPart, type Token } from './folded-text.ts';
import { printerOf } from './prints.ts';
import type { ReadText, TokenRow } from './read-text.ts';
import type { SingleWords } from './single-words.ts';

export interface FoundWord {
  /** The word as it stands in the list. */
  readonly word: string;
  /** The part as it stands in the text. */
  readonly part: string;
}

/** Where in the folded text it was found. */
export interface WordPlace extends FoundWord {
  readonly start: number;
}

/** Finds words whose letters were separated; they begin and end where a piece does. */
export function findParted(single: SingleWords, read: ReadText): WordPlace | null {
  if (single.lengths.length === 0) return null;
  let first: WordPlace | null = null;
  for (const row of read.rows) {
    const place = placeIn(row, single, read);
    if (place && (!first || place.start < first.start)) first = place;
  }
  return first;
}

/** Finds Vietnamese phrases whose words are written as one or in pieces; a plain text has none of their marks. */
export function findPartedPhrase(joined: SingleWords, read: ReadText): WordPlace | null {
  return joined.lengths.length === 0 || read.text.isPlain ? null : placeIn(read.line, joined, read);
}

/** Digits alone are numbers, such as `4, 5, 5`; among letters they may stand for letters. */
const LETTER = /\p{L}/u;

/**
 * Each run of tokens has a number, made in one step from the numbers of its two ends. Letters are compared only where a
 * word has the same number. So the work grows with the count of tokens times the count of word lengths, whatever the
 * text is.
 */
function placeIn({ tokens, forms, least }: TokenRow, single: SingleWords, { text }: ReadText): WordPlace | null {
  const printed = forms.map((form) => ({ form, print: printerOf(form) }));
  const [written = ''] = forms;
  const ends = endsOf(tokens);
  let start = 0;
  for (const [at, first] of tokens.entries()) {
    for (const length of single.lengths) {
      const end = start + length;
      if (end >= ends.length) break;
      const pieces = (ends[end] ?? 0) - at;
      if (pieces < least) continue;
      for (const { form, print } of printed) {
        if (form !== written && !LETTER.test(written.slice(start, end))) continue;
        const word = single.find(print(start, end), () => form.slice(start, end));
        const last = tokens[at + pieces - 1];
        if (word !== undefined && last && !isInSyllable(tokens, at, pieces, text))
          return { word, part: originalPart(text, first.start, last.end), start: first.start };
      }
    }
    start += first.text.length;
  }
  return null;
}

/** Letters that a syllable has at most, as in `nghiêng`. */
const LONGEST_SYLLABLE = 7;

/** Whether the pieces are letters of a longer Vietnamese syllable that is spelled as they are (`n g u ồ n`). */
function isInSyllable(tokens: readonly Token[], at: number, pieces: number, { folded }: FoldedText): boolean {
  if (pieces >= LONGEST_SYLLABLE) return false;
  const between = (next: number): string | null => {
    const [one, other] = [tokens[next - 1], tokens[next]];
    return one && other?.text.length === 1 && one.text.length === 1 ? folded.slice(one.end, other.start) : null;
  };
  const sign = between(at + 1);
  if (sign === null) return false;
  let [from, to] = [at, at + pieces];
  while (to - from <= LONGEST_SYLLABLE && between(from) === sign) from -= 1;
  while (to - from <= LONGEST_SYLLABLE && between(to) === sign) to += 1;
  if (to - from === pieces || to - from > LONGEST_SYLLABLE) return false;
  return isSyllable(
    tokens
      .slice(from, to)
      .map(({ text }) => text)
      .join(''),
  );
}

/** For each place in the tokens' letters, how many tokens end there or before; 0 where none ends. */
function endsOf(tokens: readonly Token[]): Int32Array {
  const ends = new Int32Array(tokens.reduce((length, { text }) => length + text.length, 1));
  let end = 0;
  for (const [at, { text }] of tokens.entries()) {
    end += text.length;
    ends[end] = at + 1;
  }
  return ends;
}
