import { exactOf, foldedOf, PLAIN_ASCII } from './folded.ts';

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

const JOINED = String.raw`\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々〆ー`;
/** Signs without a look, within a word. */
const INSIDE = String.raw`\p{M}\u00ad\u200b-\u200d\u2060`;
/** A stretch of a script without spaces, which it tells apart, a word of another one, or an emoji. Names for its parts would cost an object for each word. */
const WORD = new RegExp(
  [
    String.raw`([[${JOINED}]--\p{N}][[${JOINED}${INSIDE}]--\p{N}]*)`,
    String.raw`[[\p{L}\p{N}]--[[${JOINED}]--\p{N}]][[\p{L}\p{N}${INSIDE}]--[[${JOINED}]--[\p{N}\p{M}]]]*`,
    String.raw`\p{RI}{2}|\p{Extended_Pictographic}`,
  ].join('|'),
  'gv',
);
/**
 * A letter with its marks; a letter below another (Khmer, Burmese) and Sara Am, in one or two parts, belong to the one
 * before, and two Sara E are one, as are
 * Lao Ho and No or Mo, which have a letter together as well.
 */
const CLUSTER = new RegExp(
  [
    String.raw`(?:\u0e40\u0e40|\u0eab[\u0e99\u0ea1]|[^\p{M}\p{Cf}])[\p{M}\p{Cf}]*`,
    String.raw`(?:(?<=[\u17d2\u1039])[^\p{M}\p{Cf}][\p{M}\p{Cf}]*)*`,
    String.raw`(?:[\u0e33\u0eb3]|(?<=\u0e4d[\u0e48-\u0e4b]?)\u0e32|(?<=\u0ecd[\u0ec8-\u0ecb]?)\u0eb2)?`,
  ].join(''),
  'gu',
);

/** The words of a text in its order, in every script. Text that is no word (signs, spaces, controls) parts them. */
export function wordsInText(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const found of text.matchAll(WORD)) {
    const start = found.index;
    const [written, joined] = found;
    if (joined !== undefined) words.push(...runOf(written, start));
    else words.push(...spacedOf(written, start));
  }
  return words;
}

function spacedOf(written: string, start: number): readonly SpacedWord[] {
  const { exact, folded } = formsOf(written.slice(0, MOST_LETTERS));
  return exact === '' ? [] : [{ kind: 'spaced', folded, exact, start, end: start + written.length }];
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
const knownLetters = new Map<string, string>();
const MOST_MARKED = 8;

function letterOf(cluster: string): string {
  const before = knownLetters.get(cluster);
  if (before !== undefined) return before;
  const exact = exactOf(cluster);
  if (cluster.length > MOST_MARKED) return exact;
  if (knownLetters.size >= MOST_KNOWN) knownLetters.clear();
  knownLetters.set(cluster, exact);
  return exact;
}

/** The letters of a stretch that is folded already. */
export function clustersOf(folded: string): readonly string[] {
  return folded.match(CLUSTER) ?? [];
}

function runOf(written: string, start: number): readonly JoinedRun[] {
  const clusters: Cluster[] = [];
  for (const { 0: cluster, index } of written.matchAll(CLUSTER)) {
    const folded = letterOf(cluster);
    if (folded !== '') clusters.push({ folded, start: start + index, end: start + index + cluster.length });
  }
  return clusters.length === 0 ? [] : [{ kind: 'joined', clusters, start, end: start + written.length }];
}
