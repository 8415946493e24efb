import { diffArrays } from 'diff';
import type { DiffPart } from '../../../libs/client/index.ts';

/** Words that went and came, together, up to which two texts are compared; beyond it nearly all is another text. */
const MOST_CHANGED_WORDS = 2_000;

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** What changed between two texts, by words as Unicode parts them, also where a script has no spaces. */
export function wordDiff(before: string, after: string): readonly DiffPart[] {
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MOST_CHANGED_WORDS });
  if (!changes) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  }
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

function wordsOf(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment);
}
