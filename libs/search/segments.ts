import { madeOnce } from '../kernel/made-once.ts';
import type { JoinedRun } from './words-in-text.ts';

/** Which dictionary is used follows from the script, not from the language. */
const segmenter = madeOnce(() => new Intl.Segmenter('th', { granularity: 'word' }));

/** The words of a stretch without spaces, as ICU's dictionary parts them; no letter is parted from its marks. */
export function segmentsOf(text: string, { clusters, start, end }: JoinedRun): readonly string[] {
  const begins = new Set([...segmenter().segment(text.slice(start, end))].map(({ index }) => start + index));
  const segments: string[] = [];
  for (const { folded, start: at } of clusters) {
    if (segments.length === 0 || begins.has(at)) segments.push(folded);
    else segments[segments.length - 1] += folded;
  }
  return segments;
}
