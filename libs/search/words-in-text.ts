import { exactOf, foldedOf, PLAIN_ASCII } from './folded.ts';
import { eachLetter } from './letters.ts';
import { endOfSigns, SIGN, signOf, unitsOf } from './signs.ts';

/** A letter with its marks in a script without spaces, as it is compared, and its place in the text. */
export interface Cluster {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

interface Placed {
  /** In UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** A word between spaces or signs, or an emoji. */
export interface SpacedWord extends Placed {
  readonly kind: 'spaced';
  /** Without marks. */
  readonly folded: string;
  readonly exact: string;
}

/** A stretch of a script without spaces: any number of words. */
export interface JoinedRun extends Placed {
  readonly kind: 'joined';
  readonly clusters: readonly Cluster[];
}

export type Word = SpacedWord | JoinedRun;

/** A longer word is cut: nobody looks for its end. */
const MOST_LETTERS = 64;

/** The words of a text in its order, in every script. Text that is no word (signs, spaces, controls) parts them. */
export function wordsInText(text: string): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0;
    const sign = signOf(code);
    const next = at + unitsOf(code);
    if (sign & SIGN.beginsRun) {
      const end = endOfSigns(text, SIGN.isInRun, next);
      addRun(words, text, at, end);
      at = end;
    } else {
      const end = endOfSpaced(text, sign, next);
      if (end !== null) addSpaced(words, text, at, end);
      at = end ?? next;
    }
  }
  return words;
}

/** Null where no word begins. */
function endOfSpaced(text: string, sign: number, next: number): number | null {
  if (sign & SIGN.beginsWord) return endOfSigns(text, SIGN.isInWord, next);
  if (sign & SIGN.isHalfFlag) {
    const code = text.codePointAt(next) ?? 0;
    return signOf(code) & SIGN.isHalfFlag ? next + unitsOf(code) : null;
  }
  return sign & SIGN.isPicture ? next : null;
}

function addSpaced(words: Word[], text: string, start: number, end: number): void {
  const { exact, folded } = formsOf(text.slice(start, Math.min(end, start + MOST_LETTERS)));
  if (exact !== '') words.push({ kind: 'spaced', folded, exact, start, end });
}

type Forms = Pick<SpacedWord, 'exact' | 'folded'>;

/** Most words of a language come again and again, and looking one up takes a tenth of the time of folding it. */
const known = new Map<string, Forms>();
const MOST_KNOWN = 20_000;

function formsOf(written: string): Forms {
  if (PLAIN_ASCII.test(written)) {
    const lower = written.toLowerCase();
    return { exact: lower, folded: lower };
  }
  const before = known.get(written);
  if (before !== undefined) return before;
  const exact = exactOf(written);
  const forms = { exact, folded: foldedOf(exact) };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(written, forms);
  return forms;
}

/** The same letters with their marks come again and again, and folding one takes twenty times as long as looking it up. */
const knownLetters = new Map<string | number, string>();
const MOST_MARKED = 8;

/** A letter without marks is looked up by its code, for which no text is made. */
function letterOf(text: string, start: number, end: number): string {
  const key = end - start === 1 ? text.charCodeAt(start) : text.slice(start, end);
  const before = knownLetters.get(key);
  if (before !== undefined) return before;
  const exact = exactOf(text.slice(start, end));
  if (end - start > MOST_MARKED) return exact;
  if (knownLetters.size >= MOST_KNOWN) knownLetters.clear();
  knownLetters.set(key, exact);
  return exact;
}

/** The letters of a stretch that is folded already. */
export function clustersOf(folded: string): readonly string[] {
  const letters: string[] = [];
  eachLetter(folded, 0, folded.length, (start, end) => letters.push(folded.slice(start, end)));
  return letters;
}

function addRun(words: Word[], text: string, start: number, end: number): void {
  const clusters: Cluster[] = [];
  eachLetter(text, start, end, (from, to) => {
    const folded = letterOf(text, from, to);
    if (folded !== '') clusters.push({ folded, start: from, end: to });
  });
  if (clusters.length > 0) words.push({ kind: 'joined', clusters, start, end });
}
