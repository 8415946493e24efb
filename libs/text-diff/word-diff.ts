import { diffArrays } from 'diff';
import type { DiffPart } from '../client/shapes.ts';
import { madeOnce } from '../kernel/index.ts';

/**
 * The most removed and added words together; beyond it nearly everything is another text. The work grows with its
 * square, and so does what a page shows.
 */
const MOST_CHANGED_WORDS = 500;
/** Milliseconds: for a machine so slow that the other bound is none. */
const LONGEST = 500;

const words = madeOnce(() => new Intl.Segmenter(undefined, { granularity: 'word' }));

/** The changes between two texts, by words in Unicode's sense, also in scripts without spaces; or both texts whole. */
export function wordDiff(before: string, after: string): readonly DiffPart[] {
  const bounds = { maxEditLength: MOST_CHANGED_WORDS, timeout: LONGEST };
  const changes = diffArrays(wordsOf(before), wordsOf(after), bounds);
  if (!changes) return wholeDiff(before, after);
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** The one text went, the other came. */
export function wholeDiff(before: string, after: string): readonly DiffPart[] {
  return [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
}

function wordsOf(text: string): string[] {
  return Array.from(words().segment(text), ({ segment }) => segment);
}
