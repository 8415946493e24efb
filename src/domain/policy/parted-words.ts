import { originalPart } from './folded-text.ts';
import type { ReadText, Row } from './read-text.ts';

export interface FoundWord {
  /** As it stands in the list. */
  readonly word: string;
  /** As it stands in the text. */
  readonly part: string;
}

/** Where in the folded text it was found. */
export interface Place extends FoundWord {
  readonly start: number;
}

/** Entries of one word, by it. */
export interface SingleWords {
  readonly words: ReadonlyMap<string, string>;
  /** Units of the longest one. */
  readonly longest: number;
}

/** Words whose letters were parted; they begin and end where a piece does. */
export function findParted(single: SingleWords, read: ReadText): Place | null {
  if (single.words.size === 0) return null;
  let first: Place | null = null;
  for (const row of read.rows) {
    const place = placeIn(row, single, read);
    if (place && (!first || place.start < first.start)) first = place;
  }
  return first;
}

function placeIn({ tokens, forms, least }: Row, { words, longest }: SingleWords, { text }: ReadText): Place | null {
  let start = 0;
  for (const [at, first] of tokens.entries()) {
    let end = start + first.text.length;
    for (let next = at + 1; next < tokens.length; next += 1) {
      const last = tokens[next];
      if (!last || end + last.text.length - start > longest) break;
      end += last.text.length;
      if (next - at + 1 < least) continue;
      const word = forms.map((form) => words.get(form.slice(start, end))).find((found) => found !== undefined);
      if (word !== undefined) return { word, part: originalPart(text, first.start, last.end), start: first.start };
    }
    start += first.text.length;
  }
  return null;
}
