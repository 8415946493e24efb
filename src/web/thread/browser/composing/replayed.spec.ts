import { expect, test } from '@jest/globals';
import type { Mark } from '../../../shell/browser/writing/marking.ts';
import { replayed } from './replayed.ts';

/** A text with its chosen part between brackets. */
function chosen(drawn: string) {
  return { text: drawn.replace(/[‹›]/g, ''), from: drawn.indexOf('‹'), to: drawn.indexOf('›') - 1 };
}

test.each<[readonly (readonly [Mark, string])[], string, string | null]>([
  [[], 'a ‹›', null],
  [[['bold', 'a ‹word›']], 'a ‹word›', 'a **‹word›**'],
  [[['bold', 'a ‹›']], 'a w‹›', 'a **w‹›**'],
  [
    [
      ['bold', 'a ‹›'],
      ['bold', 'a w‹›'],
    ],
    'a w b‹›',
    'a **w** b‹›',
  ],
  [
    [
      ['bold', '‹› z'],
      ['italic', '‹› z'],
    ],
    'w‹› z',
    '***w‹›*** z',
  ],
  [[['italic', 'a ‹word› b']], 'a x‹› b', 'a *x‹›* b'],
  [[['bold', '‹one› two']], 'one ‹two›', 'one **‹two›**'],
  [[['link', '‹here›']], '‹here›', '[here](‹https://›)'],
])('%j, then %j', (presses, now, expected) => {
  const after = replayed(
    presses.map(([mark, drawn]) => ({ mark, ...chosen(drawn) })),
    chosen(now),
  );
  expect(after).toEqual(expected === null ? null : chosen(expected));
});
