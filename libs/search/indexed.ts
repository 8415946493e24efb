import { segmentsOf } from './segments.ts';
import { type Cluster, type JoinedRun, type SpacedWord, wordsInText } from './words-in-text.ts';

/**
 * The tokenizer of an FTS5 table of such texts: everything but a space is part of a word, and letters are lower case
 * already.
 */
export const TOKENIZER = `ascii tokenchars '=_@:^'`;

/** Letters by which beginnings are found without reading all words that begin so. */
export const SHORT_BEGINNING = 3;

/**
 * A text as an index has it: words with a space between. First the words in their order: those of Latin without marks,
 * stretches of scripts without spaces as the dictionary parts them. Then, each with a sign in front: `=` words with
 * their marks, `_` pairs of letters of stretches, which overlap (segmenters disagree, pairs do not), `^` the first three
 * letters of words, each once.
 */
export function indexedText(text: string): string {
  const words = wordsInText(text);
  const spaced = words.filter((word) => word.kind === 'spaced');
  const joined = words.filter((word) => word.kind === 'joined');
  return [
    ...words.flatMap((word) => (word.kind === 'spaced' ? word.folded : segmentsOf(text, word))),
    ...spaced.filter(hasMarks).map(({ exact }) => marked(exact)),
    ...joined.flatMap(({ clusters }) => [...pairsOf(clusters), lastOf(clusters)]),
    ...beginnings(spaced),
  ].join(' ');
}

/** Names, which are found by `author:` alone. */
export function indexedName(name: string): string {
  return wordsInText(name).flatMap(nameWords).join(' ');
}

/** The words of a name as the index has them. */
export function nameWords(word: SpacedWord | JoinedRun): readonly string[] {
  if (word.kind === 'spaced') return [`@${word.folded}`];
  return word.clusters.map(({ folded }) => `@${folded}`);
}

export function marked(exact: string): string {
  return `=${exact}`;
}

/** The pairs of neighbours of a stretch; none for a single letter. */
export function pairsOf(clusters: readonly Cluster[]): readonly string[] {
  return clusters.slice(1).map(({ folded }, at) => `_${clusters[at]?.folded ?? ''}${folded}`);
}

export function hasMarks({ exact, folded }: SpacedWord): boolean {
  return exact !== folded;
}

/** A stretch ends with a letter alone, so that a letter is found by its beginning of a pair wherever it stands. */
function lastOf(clusters: readonly Cluster[]): string {
  return `_${clusters.at(-1)?.folded ?? ''}`;
}

function beginnings(words: readonly SpacedWord[]): Iterable<string> {
  const found = new Set<string>();
  for (const { folded } of words) {
    const letters = [...folded.slice(0, 2 * SHORT_BEGINNING)];
    if (letters.length >= SHORT_BEGINNING) found.add(`^${letters.slice(0, SHORT_BEGINNING).join('')}`);
  }
  return found;
}
