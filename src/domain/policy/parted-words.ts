import { withLettersForSigns } from './disguises.ts';
import { type FoldedText, originalPart, type Token, tokensOf } from './folded-text.ts';

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

/** Whether a token goes on with the word of the token before it. */
type GoesOn = (text: FoldedText, before: Token, token: Token) => boolean;

const LOOSE = /^[\s._*·•~-]{1,3}$/u;
const UNBROKEN = /^[._*·•~'’-]$/u;

/** Single letters in a row (`c a s i n o`), and pieces parted by a sign without a space (`ca-si-no`), read as one word. */
export function findParted(words: ReadonlyMap<string, string>, text: FoldedText): Place | null {
  if (words.size === 0) return null;
  const tokens = tokensOf(text);
  const found = KINDS.flatMap(({ goesOn, least }) =>
    rowsOf(text, tokens, goesOn).flatMap((row) => placeIn(row, { words, least, text }) ?? []),
  );
  return found.reduce<Place | null>((least, place) => (least && least.start <= place.start ? least : place), null);
}

/** Of so many pieces at least: two letters alone (`I m`) are no word that was parted. */
const KINDS: readonly { readonly goesOn: GoesOn; readonly least: number }[] = [
  { goesOn: lettersInARow, least: 3 },
  { goesOn: partsOfOne, least: 2 },
];

function lettersInARow(text: FoldedText, before: Token, token: Token): boolean {
  return isSingle(before) && isSingle(token) && LOOSE.test(between(text, before, token));
}

function partsOfOne(text: FoldedText, before: Token, token: Token): boolean {
  return UNBROKEN.test(between(text, before, token));
}

function isSingle({ text }: Token): boolean {
  return [...text].length === 1;
}

function between({ folded }: FoldedText, before: Token, token: Token): string {
  return folded.slice(before.end, token.start);
}

function rowsOf(text: FoldedText, tokens: readonly Token[], goesOn: GoesOn): readonly (readonly Token[])[] {
  const rows: Token[][] = [];
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    if (before && goesOn(text, before, token)) rows.at(-1)?.push(token);
    else rows.push([token]);
  }
  return rows.filter((row) => row.length > 1);
}

/** Words begin and end where a piece does. */
function placeIn(
  row: readonly Token[],
  {
    words,
    least,
    text,
  }: { readonly words: ReadonlyMap<string, string>; readonly least: number; readonly text: FoldedText },
): Place | null {
  const longest = Math.max(...[...words.keys()].map((word) => word.length));
  const forms = withLettersForSigns(row.map((token) => token.text).join(''));
  let start = 0;
  for (const [at, first] of row.entries()) {
    let end = start + first.text.length;
    for (let next = at + 1; next < row.length; next += 1) {
      const last = row[next];
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
