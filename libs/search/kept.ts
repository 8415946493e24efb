import { foldedOf, PLAIN_ASCII } from './folded.ts';
import { segmentsOf } from './segments.ts';
import { clustersOf, type JoinedRun, wordsInText } from './words-in-text.ts';

/** Letters by which beginnings are found without reading all words that begin so. */
export const SHORT_BEGINNING = 3;

const HANGUL = /\p{Script=Hangul}/u;

/** What the words of a kept text are, apart. */
interface KeptWords {
  readonly spaced: readonly SpacedForms[];
  readonly runs: readonly KeptRun[];
  /** Spaced words without marks and segments, in their order. */
  readonly inOrder: readonly string[];
}

interface KeptRun {
  readonly segments: readonly string[];
  readonly clusters: readonly string[];
}

/**
 * The words of a text in the least room from which an index can make its words again, whatever version of ICU does so: words
 * with their marks, and stretches without spaces after `_`, as the dictionary parts them by `|`. Their letters are parted by `/`
 * where they could not be told from one another otherwise.
 */
export function keptWords(text: string): string {
  return wordsInText(text)
    .map((word) => (word.kind === 'spaced' ? word.exact : keptRun(text, word)))
    .join(' ');
}

function keptRun(text: string, run: JoinedRun): string {
  const segments = segmentsOf(text, run);
  const letters = run.clusters.map(({ folded }) => folded);
  const again = segments.flatMap(clustersOf);
  const isTold = again.length === letters.length && again.every((letter, at) => letter === letters[at]);
  return isTold ? `_${segments.join('|')}` : `_${lettersApart(segments, letters)}`;
}

function lettersApart(segments: readonly string[], letters: readonly string[]): string {
  const ends = new Set<number>();
  let end = 0;
  for (const segment of segments) ends.add((end += segment.length));
  let at = 0;
  const apart = letters.map((letter) => `${letter}${ends.has((at += letter.length)) ? '|' : '/'}`).join('');
  return apart.slice(0, -1);
}

/**
 * A kept text as an index has it: words with a space between. First the words in their order: those of Latin without marks,
 * stretches of scripts without spaces as the dictionary parts them. Then, each with a sign in front: `=` words with
 * their marks, `_` pairs of letters of stretches, which overlap (segmenters disagree, pairs do not), `!` the letters of stretches
 * and `^` the first three letters of longer words, each once.
 */
export function indexedWords(kept: string): string {
  return wordsToIndex(kept).indexed;
}

/** What an index needs of a kept text, read once. */
export interface WordsToIndex {
  /** As `indexedWords` gives it. */
  readonly indexed: string;
  /** The words, each once, whose beginnings are longer than those that are indexed. */
  readonly long: ReadonlySet<string>;
}

export function wordsToIndex(kept: string): WordsToIndex {
  const { spaced, runs, inOrder } = wordsOf(kept);
  const words = [...inOrder];
  for (const { withMarks } of spaced) words.push(withMarks);
  const letters = new Set<string>();
  for (const { clusters } of runs) {
    words.push(...pairsOf(clusters));
    for (const letter of clusters) letters.add(letter);
  }
  for (const letter of letters) words.push(letterWord(letter));
  const beginnings = new Set<string>();
  const long = new Set<string>();
  for (const word of spaced) {
    beginnings.add(word.beginning);
    if (word.isLong) long.add(word.folded);
  }
  words.push(...beginnings);
  return { indexed: words.filter((word) => word !== '').join(' '), long };
}

/** Two syllables of Hangul are as many letters as four. */
export function isLong(word: string): boolean {
  return HANGUL.test(word) || [...word.slice(0, 2 * SHORT_BEGINNING + 2)].length > SHORT_BEGINNING;
}

/** The words of a kept text with which `indexedWords` begins. */
export function wordsInOrder(kept: string): string {
  if (PLAIN_ASCII.test(kept)) return kept;
  return kept
    .split(' ')
    .map((word) => (word.startsWith('_') ? word.slice(1).replaceAll('/', '').replaceAll('|', ' ') : folded(word)))
    .join(' ');
}

/** A kept text whose stretches without spaces are parted no more. */
export function joinedLetters(kept: string): string {
  return kept.replaceAll(/[_|/]/g, '');
}

function wordsOf(kept: string): KeptWords {
  const words = { spaced: [] as SpacedForms[], runs: [] as KeptRun[], inOrder: [] as string[] };
  for (const word of kept.split(' ')) {
    if (!word.startsWith('_')) {
      const forms = formsOf(word);
      words.spaced.push(forms);
      words.inOrder.push(forms.folded);
      continue;
    }
    const parts = word.slice(1).split('|');
    const isApart = word.includes('/');
    const segments = isApart ? parts.map((part) => part.replaceAll('/', '')) : parts;
    words.runs.push({ segments, clusters: parts.flatMap((part) => (isApart ? part.split('/') : clustersOf(part))) });
    words.inOrder.push(...segments);
  }
  return words;
}

/** What an index has of a word between spaces; '' for what it has not of this one. */
interface SpacedForms {
  readonly folded: string;
  readonly withMarks: string;
  readonly beginning: string;
  readonly isLong: boolean;
}

/** Most words of a language come again and again. */
const known = new Map<string, SpacedForms>();
const MOST_KNOWN = 20_000;

function formsOf(exact: string): SpacedForms {
  const before = known.get(exact);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const plain = foldedOf(exact);
  const withMarks = plain === exact ? '' : marked(exact);
  const begins = beginningOf(plain);
  // Whoever looks for it looks for the word, too.
  const beginning = begins === `^${plain}` ? '' : begins;
  const forms = { folded: plain, withMarks, beginning, isLong: isLong(plain) };
  known.set(exact, forms);
  return forms;
}

function folded(exact: string): string {
  return formsOf(exact).folded;
}

export function marked(exact: string): string {
  return `=${exact}`;
}

export function letterWord(letter: string): string {
  return `!${letter}`;
}

/** The pairs of neighbours of a stretch; none for a single letter. */
export function pairsOf(letters: readonly string[]): readonly string[] {
  return letters.slice(1).map((letter, at) => `_${letters[at] ?? ''}${letter}`);
}

/** Empty for a word that is shorter. */
export function beginningOf(word: string): string {
  const letters = [...word.slice(0, 2 * SHORT_BEGINNING)];
  return letters.length < SHORT_BEGINNING ? '' : `^${letters.slice(0, SHORT_BEGINNING).join('')}`;
}
