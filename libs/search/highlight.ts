import { escapedHtml } from '../kernel/escaped-html.ts';
import type { Search, Term } from './parse-search.ts';
import { type Word, wordsInText } from './words-in-text.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  /** Which term of the search it is. */
  readonly term: number;
}

/** Characters of a text that are looked through. */
const MOST_READ = 100_000;
/** Characters of an excerpt, about. */
const EXCERPT = 240;
/** How much of it stands before the first thing found. */
const BEFORE = 60;
/** Marks in one excerpt. */
const MOST_MARKS = 50;

/** What ends a block as a sentence: nothing else need part it from the next one. */
const ENDS = /[.!?…:;。！？：；။៖។៕]["”’»)\]]{0,2}$/;

/** Space that is not one sign between two words. */
const OTHER_SPACE = /[^\S ]| {2}/;

/** A text on one line; a heading, a paragraph and the items of a list are parted by a mark where no sentence ends. */
function onOneLine(text: string): string {
  if (!OTHER_SPACE.test(text)) return text.trim();
  return text.trim().replaceAll(/\s+/g, (space, at: number, whole: string) => {
    const isBetweenBlocks = space.indexOf('\n') !== space.lastIndexOf('\n');
    return isBetweenBlocks && !ENDS.test(whole.slice(Math.max(0, at - 3), at)) ? ' · ' : ' ';
  });
}

/**
 * The part of a plain text that answers a search best, as safe HTML on one line: what was found is in `<mark>`, never
 * with a letter parted from its marks, and an ellipsis stands where the text goes on.
 */
export function highlighted(text: string, search: Search, most = EXCERPT): string {
  return excerptOf(text, search.all.map(partsOf), most);
}

/** The same of many texts, each of which is read once. */
export function highlighting(search: Search): (text: string) => string {
  const parts = search.all.map(partsOf);
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const excerpt = excerptOf(text, parts, EXCERPT);
    known.set(text, excerpt);
    return excerpt;
  };
}

/** Of two such parts, the second where more different words are marked in it. */
export function answeringMore(first: string, second: string): string {
  return markedIn(second) > markedIn(first) ? second : first;
}

function markedIn(html: string): number {
  const [, ...marked] = html.toLowerCase().split('<mark>');
  return new Set(marked.map((piece) => piece.slice(0, piece.indexOf('<')))).size;
}

function excerptOf(text: string, terms: readonly (readonly Part[])[], most: number): string {
  const read = onOneLine(text.slice(0, MOST_READ));
  const words = wordsInText(read);
  const spans = spansOf(words, terms);
  const { from, to } = windowOf(read, { words, spans, most });
  const marks = merged(spans.filter(({ start, end }) => start >= from && end <= to)).slice(0, MOST_MARKS);
  let html = '';
  let at = from;
  for (const { start, end } of marks) {
    html += `${escapedHtml(read.slice(at, start))}<mark>${escapedHtml(read.slice(start, end))}</mark>`;
    at = end;
  }
  html += escapedHtml(read.slice(at, to));
  return `${from > 0 ? '…' : ''}${html}${to < read.length || text.length > MOST_READ ? '…' : ''}`;
}

/** Where the terms stand in the words of a text. */
function spansOf(words: readonly Word[], terms: readonly (readonly Part[])[]): readonly Span[] {
  const spans: Span[] = [];
  terms.forEach((parts, term) => {
    for (const part of parts) {
      if (part.kind === 'joined') addInRuns(spans, words, { letters: part.letters, term });
      else addInWords(spans, words, { ...part, term });
    }
  });
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

type Part =
  | { readonly kind: 'joined'; readonly letters: readonly string[] }
  | { readonly kind: 'spaced'; readonly folded: readonly string[]; readonly isBeginning: boolean };

/** Neighbours of the same kind belong together. */
function partsOf({ words, isBeginning }: Term): readonly Part[] {
  const parts: Part[] = [];
  let phrase: string[] = [];
  for (const word of words) {
    if (word.kind === 'spaced') phrase.push(word.folded);
    else {
      if (phrase.length > 0) parts.push({ kind: 'spaced', folded: phrase, isBeginning: false });
      phrase = [];
      parts.push({ kind: 'joined', letters: word.clusters.map(({ folded }) => folded) });
    }
  }
  if (phrase.length > 0) parts.push({ kind: 'spaced', folded: phrase, isBeginning });
  return parts;
}

function addInWords(
  spans: Span[],
  words: readonly Word[],
  { folded, isBeginning, term }: Extract<Part, { kind: 'spaced' }> & Pick<Span, 'term'>,
): void {
  const last = folded.length - 1;
  for (let at = 0; at + last < words.length; at += 1) {
    let found = 0;
    while (found <= last && isWord(words[at + found], folded[found] ?? '', isBeginning && found === last)) found += 1;
    if (found > last) spans.push({ start: words[at]?.start ?? 0, end: words[at + last]?.end ?? 0, term });
  }
}

function isWord(word: Word | undefined, wanted: string, mayGoOn: boolean): boolean {
  if (word?.kind !== 'spaced') return false;
  return mayGoOn ? word.folded.startsWith(wanted) : word.folded === wanted;
}

function addInRuns(
  spans: Span[],
  words: readonly Word[],
  { letters, term }: { readonly letters: readonly string[] } & Pick<Span, 'term'>,
): void {
  const last = letters.length - 1;
  for (const word of words) {
    if (word.kind !== 'joined') continue;
    const { clusters } = word;
    for (let at = 0; at + last < clusters.length; at += 1) {
      let found = 0;
      while (found <= last && clusters[at + found]?.folded === letters[found]) found += 1;
      if (found > last) spans.push({ start: clusters[at]?.start ?? 0, end: clusters[at + last]?.end ?? 0, term });
    }
  }
}

/** The stretch of about `most` characters that has the most different terms, the first one of these. */
function windowOf(
  text: string,
  { words, spans, most }: { readonly words: readonly Word[]; readonly spans: readonly Span[]; readonly most: number },
): { readonly from: number; readonly to: number } {
  if (text.length <= most) return { from: 0, to: text.length };
  const begin = bestStart(spans, most - BEFORE);
  const wished = Math.min(begin - BEFORE, text.length - most);
  const from = wished <= 0 ? 0 : edgeAfter(words, wished, begin);
  const to = from + most >= text.length ? text.length : edgeBefore(words, from + most, from);
  return { from, to };
}

function bestStart(spans: readonly Span[], width: number): number {
  let best = { start: 0, terms: 0 };
  const within = new Map<number, number>();
  let end = 0;
  for (const { start, term } of spans) {
    for (let next = spans[end]; next && next.start < start + width; next = spans[(end += 1)]) {
      within.set(next.term, (within.get(next.term) ?? 0) + 1);
    }
    if (within.size > best.terms) best = { start, terms: within.size };
    const left = (within.get(term) ?? 1) - 1;
    if (left === 0) within.delete(term);
    else within.set(term, left);
  }
  return best.start;
}

/** The first begin of a word, or of a letter with its marks, at or after `wished`. */
function edgeAfter(words: readonly Word[], wished: number, latest: number): number {
  for (const word of words) {
    if (word.end <= wished) continue;
    if (word.kind === 'spaced' && word.start >= wished) return Math.min(word.start, latest);
    if (word.kind === 'spaced') continue;
    const cluster = word.clusters.find(({ start }) => start >= wished);
    if (cluster) return Math.min(cluster.start, latest);
  }
  return latest;
}

/** The last end of a word, or of a letter with its marks, at or before `wished`; `wished` where a word is longer than all. */
function edgeBefore(words: readonly Word[], wished: number, earliest: number): number {
  let edge = earliest;
  for (const word of words) {
    if (word.start >= wished) break;
    if (word.end <= wished) edge = word.end;
    else if (word.kind === 'joined') edge = word.clusters.findLast(({ end }) => end <= wished)?.end ?? edge;
  }
  return edge > earliest ? edge : wished;
}

/** Overlapping places are one mark. */
function merged(spans: readonly Span[]): readonly { readonly start: number; readonly end: number }[] {
  const marks: { start: number; end: number }[] = [];
  for (const { start, end } of spans) {
    const last = marks.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else marks.push({ start, end });
  }
  return marks;
}
