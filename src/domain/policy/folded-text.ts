import { madeOnce } from '../../../libs/kernel/index.ts';
import { composed } from '../../../libs/words/index.ts';
import { ancientLook } from './look-alike-letters.ts';
import { SCRIPTS_UNSPACED } from './scripts.ts';

/** A text in the form that words are searched in: NFKC, without case and without invisible characters. */
export interface FoldedText {
  readonly original: string;
  readonly folded: string;
  /** True for a text of ASCII alone, in which folding moves no character. */
  readonly isPlain: boolean;
}

/** A run of letters, marks and digits in the folded text, from `start` up to `end`. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const UNSEEN = /^\p{Default_Ignorable_Code_Point}$/u;
/** Marks of Latin letters, which stay apart in NFC where the letter below is a look-alike: `𝗼̂`. */
const FIRST_MARK = 0x300;
const LAST_MARK = 0x36f;
const PLAIN = /^[\u0020-\u007e\n\t]*$/u;
/**
 * Letters, marks and digits of scripts with spaces, or of scripts without. Where the two meet, as in `买casino吗`, a word
 * ends. Marks of Latin letters are of the first, though Unicode tells that Japanese uses some of them.
 */
const [SPACED, UNSPACED] = ['--', '&&'].map(
  (join) => `[[\\p{L}\\p{M}\\p{N}]${join}[[${SCRIPTS_UNSPACED}]--[\\u0300-\\u036f]]]`,
);
const piece = madeOnce(() => new RegExp(`${SPACED}+|(?:${UNSPACED}\\p{M}*)+`, 'gv'));
/** Signs that stand for letters (`p@ss`, `ca$h`) belong to a word when letters stand on both sides of them. */
const token = madeOnce(() => new RegExp(`${SPACED}+(?:[@$!\\|+]+${SPACED}+)*|(?:${UNSPACED}\\p{M}*)+`, 'gv'));
/** The same for plain texts. */
const PLAIN_PIECE = /[a-z0-9]+/g;
const PLAIN_TOKEN = /[a-z0-9]+(?:[@$!|+]+[a-z0-9]+)*/g;

/** The folded form of single characters; the map stays as small as the scripts in use. */
const folds = new Map<number, string>();
const MOST_FOLDS = 20_000;

/** Folds a text in NFC. */
export function foldText(original: string): FoldedText {
  if (PLAIN.test(original)) return { original, folded: original.toLowerCase(), isPlain: true };
  let folded = '';
  for (let at = 0; at < original.length; ) {
    const end = endOf(original, at);
    folded += foldLetter(original, at, end);
    at = end;
  }
  return { original, folded, isPlain: false };
}

/** Where a letter of the original ends, with the marks above and below it. */
function endOf(original: string, at: number): number {
  let end = at + unitsOf(original.codePointAt(at) ?? 0);
  while (isMark(original.charCodeAt(end))) end += 1;
  return end;
}

function isMark(code: number): boolean {
  return code >= FIRST_MARK && code <= LAST_MARK;
}

function foldLetter(original: string, at: number, end: number): string {
  const code = original.codePointAt(at) ?? 0;
  const letter = foldOf(code);
  if (end === at + unitsOf(code)) return letter;
  const marks = Array.from(original.slice(at + unitsOf(code), end), (mark) => foldOf(mark.charCodeAt(0)));
  return composed(letter + marks.join(''));
}

type Folded = Pick<FoldedText, 'folded' | 'isPlain'>;

export function tokensOf(text: Folded): readonly Token[] {
  return found(text, text.isPlain ? PLAIN_TOKEN : token());
}

/** The same, where signs between letters part them (`v+i+a`). */
export function partedTokensOf(text: Folded): readonly Token[] {
  return found(text, text.isPlain ? PLAIN_PIECE : piece());
}

function found({ folded }: Folded, pattern: RegExp): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  for (let one = pattern.exec(folded); one !== null; one = pattern.exec(folded)) {
    tokens.push({ text: one[0], start: one.index, end: pattern.lastIndex });
  }
  return tokens;
}

/** The part of the original between two places of the folded text. */
export function originalPart({ original, isPlain }: FoldedText, start: number, end: number): string {
  if (isPlain) return original.slice(start, end);
  const origin = originOf(original);
  const last = origin[end - 1];
  const next = origin.find((place, unit) => unit >= end && place !== last);
  return original.slice(origin[start] ?? original.length, next ?? original.length);
}

/** For each UTF-16 unit of the folded text, the place where its character begins in the original. */
function originOf(original: string): readonly number[] {
  const origin: number[] = [];
  for (let at = 0; at < original.length; ) {
    const end = endOf(original, at);
    for (let unit = foldLetter(original, at, end).length; unit > 0; unit -= 1) origin.push(at);
    at = end;
  }
  return origin;
}

function unitsOf(code: number): 1 | 2 {
  return code > 0xffff ? 2 : 1;
}

function foldOf(code: number): string {
  const known = folds.get(code);
  if (known !== undefined) return known;
  const character = String.fromCodePoint(code);
  const made = UNSEEN.test(character) ? '' : (enclosed(code) ?? ancientLook(code) ?? foldCharacter(character));
  if (folds.size >= MOST_FOLDS) folds.clear();
  folds.set(code, made);
  return made;
}

/** The first of the letters A to Z in white on black: in rings and in squares. */
const WHITE_ON_BLACK = [0x1f150, 0x1f170];
/** The first of the letters that flags are made of, two for each; more of them in a row are read as letters. */
const OF_FLAGS = 0x1f1e6;

/** The letter in a ring or square; of a flag with a space on each side, so that a flag beside a word hides nothing. */
function enclosed(code: number): string | undefined {
  const first = [...WHITE_ON_BLACK, OF_FLAGS].find((start) => code >= start && code < start + 26);
  if (first === undefined) return undefined;
  const letter = String.fromCodePoint('a'.charCodeAt(0) + code - first);
  return first === OF_FLAGS ? ` ${letter} ` : letter;
}

/** UTF-16 units that one character may become: NFKC makes 18 of `ﷺ`, and a text of them would be searched that long. */
const MOST_OF_ONE = 4;

/** Folds to lower case, upper case and lower case again, so that `ẞ` and `ß` equal `SS` and both sigmas are equal. */
function foldCharacter(character: string): string {
  const folded = composed(composed(character, 'NFKC').toLowerCase().toUpperCase().toLowerCase(), 'NFKC');
  return folded.length > MOST_OF_ONE ? character : folded;
}
