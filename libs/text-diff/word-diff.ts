import { diffArrays } from 'diff';
import type { DiffPart } from '../client/shapes.ts';

/**
 * Words that went and came, together, up to which two texts are compared; beyond it nearly all is another text. The work
 * grows with its square, and what a page shows with it.
 */
const MOST_CHANGED_WORDS = 500;
/** Milliseconds: for a machine so slow that the other bound is none. */
const LONGEST = 500;

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** What changed between two texts, by words as Unicode parts them, also where a script has no spaces; or both of them whole. */
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
  return Array.from(words.segment(text), ({ segment }) => segment);
}
