import { diffArrays } from 'diff';
import type { DiffPart } from '../client/shapes.ts';
import { wholeDiff } from './word-diff.ts';

/** The most lines that differ; beyond it the one text stands below the other. */
const MOST_CHANGED_LINES = 1_000;
/** Milliseconds. */
const LONGEST = 200;

/** The changes between two texts, by lines; each part has its lines without the last break. */
export function lineDiff(before: string, after: string): readonly DiffPart[] {
  const bounds = { maxEditLength: MOST_CHANGED_LINES, timeout: LONGEST };
  const changes = diffArrays(before.split('\n'), after.split('\n'), bounds);
  if (!changes) return apart(before, after);
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join('\n'),
  }));
}

/** Both texts whole, with an empty line between them. */
export function apart(before: string, after: string): readonly DiffPart[] {
  return wholeDiff(before, `\n${after}`);
}
