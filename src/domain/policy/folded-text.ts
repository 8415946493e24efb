/** A text as words are looked for in it: NFKC, without case and without what cannot be seen, and where each unit came from. */
export interface FoldedText {
  readonly original: string;
  readonly folded: string;
  /** For each UTF-16 unit of `folded` where its character begins in `original`, and at the end the length of `original`. */
  readonly origin: readonly number[];
}

/** A run of letters, marks and digits in the folded text, from `start` up to `end`. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const UNSEEN = /^\p{Default_Ignorable_Code_Point}$/u;
const PLAIN = /^[\u0020-\u007e\n\t]*$/u;
/** Signs that stand for letters (`p@ss`, `ca$h`) belong to a word when letters stand on both sides of them. */
const TOKEN = /[\p{L}\p{M}\p{N}]+(?:[@$!|+]+[\p{L}\p{M}\p{N}]+)*/gu;

/** Folds a text in NFC. */
export function foldText(original: string): FoldedText {
  if (PLAIN.test(original)) return { original, folded: original.toLowerCase(), origin: countTo(original.length) };
  let folded = '';
  const origin: number[] = [];
  let at = 0;
  for (const character of original) {
    const piece = UNSEEN.test(character) ? '' : foldCharacter(character);
    folded += piece;
    for (let unit = 0; unit < piece.length; unit += 1) origin.push(at);
    at += character.length;
  }
  origin.push(original.length);
  return { original, folded, origin };
}

export function tokensOf({ folded }: Pick<FoldedText, 'folded'>): readonly Token[] {
  return Array.from(folded.matchAll(TOKEN), ({ 0: text, index }) => ({ text, start: index, end: index + text.length }));
}

/** The part of the original between two places of the folded text. */
export function originalPart({ original, origin }: FoldedText, start: number, end: number): string {
  return original.slice(origin[start] ?? original.length, origin[end] ?? original.length);
}

/** By way of upper case, so that `ß` meets `SS` and both sigmas meet. */
function foldCharacter(character: string): string {
  return character.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

function countTo(length: number): readonly number[] {
  return Array.from({ length: length + 1 }, (_, index) => index);
}
