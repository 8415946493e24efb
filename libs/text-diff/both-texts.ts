import { diffArrays } from 'diff';

/** The most lines that differ; beyond it one text stands below the other. */
const MOST_CHANGED_LINES = 1_000;
/** Milliseconds. */
const LONGEST = 200;

/** One text with every line of both, those that they share once: nothing of either is lost, and a writer chooses. */
export function bothTexts(one: string, other: string): string {
  const bounds = { maxEditLength: MOST_CHANGED_LINES, timeout: LONGEST };
  const parts = diffArrays(one.split('\n'), other.split('\n'), bounds);
  return parts ? parts.map(({ value }) => value.join('\n')).join('\n') : `${one}\n\n${other}`;
}
